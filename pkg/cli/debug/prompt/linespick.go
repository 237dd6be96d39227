package prompt

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// mostNumbered is how many rows are listed at once; what is typed narrows the list.
const mostNumbered = 20

// Words that are no filter in a numbered picker.
const (
	wordNamespace = "ns"
	wordOwners    = "owners"
	wordPods      = "pods"
)

// Pick numbers what there is to pick, what needs attention first; 0 is all of it.
func (l *lines) Pick(ctx context.Context, asked Picker) (string, error) {
	p := &picking{lines: l, asked: asked, namespace: asked.Namespace, view: wordPods}
	for {
		listing, err := asked.Load(ctx, p.namespace)
		if err != nil && (ctx.Err() != nil || p.namespace == asked.Namespace) {
			return "", err // Nothing was chosen yet: the command cannot do what it was asked to.
		}
		if err != nil {
			fmt.Fprintln(l.out, report.Escape(report.Sentence(err, l.messages)))
			p.namespace = asked.Namespace
			continue
		}
		id, picked, err := p.from(ctx, listing)
		if picked || err != nil {
			return id, err
		}
	}
}

// picking is where a reader of the numbered picker has got to.
type picking struct {
	*lines
	asked           Picker
	namespace, view string
}

// from lets the reader pick from what a namespace holds. When another namespace is asked for instead, nothing is picked.
func (p *picking) from(ctx context.Context, listing Listing) (id string, picked bool, err error) {
	filter := ""
	for {
		rows := listing.Pods
		if p.view == wordOwners {
			rows = listing.Owners
		}
		rows = narrowed(rows, filter)
		p.listed(p.asked, p.namespace, listing.Whole, rows)
		fmt.Fprint(p.out, p.messages.Text("prompt.pick.number", message.Args{"Default": byDefault(rows)}))
		typed, err := p.read(ctx)
		if err != nil {
			fmt.Fprintln(p.out)
			return "", false, err
		}
		word, name, _ := strings.Cut(typed, " ")
		if typed == "" {
			word = strconv.Itoa(byDefault(rows))
		}
		number, err := strconv.Atoi(word)
		switch {
		case err == nil && number == 0:
			return listing.Whole.ID, true, nil
		case err == nil && number > 0 && number <= min(len(rows), mostNumbered):
			return rows[number-1].ID, true, nil
		case err == nil:
			fmt.Fprintln(p.out, p.messages.Text("prompt.pick.no-number", message.Args{"Last": min(len(rows), mostNumbered)}))
		case word == wordNamespace && name == "":
			p.namespaces(ctx, p.asked)
		case word == wordNamespace:
			p.namespace = strings.TrimPrefix(name, "-A")
			return "", false, nil
		case word == wordOwners || word == wordPods:
			p.view, filter = word, ""
		default:
			filter = typed
		}
	}
}

// narrowed are the rows that a filter lets through.
func narrowed(rows []Row, filter string) []Row {
	s := newShelf(rows)
	s.filter(filter)
	var shown []Row
	for _, i := range s.shown {
		shown = append(shown, rows[i])
	}
	return shown
}

// byDefault is what Enter takes: the first that needs attention, else all.
func byDefault(rows []Row) int {
	if len(rows) > 0 && rows[0].Tone != Good {
		return 1
	}
	return 0
}

// listed writes the numbered rows.
func (l *lines) listed(asked Picker, namespace string, whole Row, rows []Row) {
	where := l.messages.Text("prompt.pick.where", message.Args{"Context": report.Escape(asked.Context), "Namespace": namespace})
	fmt.Fprintf(l.out, "\n%s %s\n", asked.Title, where)
	for i := range rows[:min(len(rows), mostNumbered)] {
		fmt.Fprintf(l.out, "  %d  %s\n", i+1, strings.Join(strings.Fields(flat(rows[i].Name+" "+rows[i].Status+" "+rows[i].Why)), " "))
	}
	if more := len(rows) - mostNumbered; more > 0 {
		fmt.Fprintf(l.out, "  %s\n", l.messages.Text("prompt.pick.more", message.Args{"More": more}))
	}
	fmt.Fprintf(l.out, "  0  %s\n", flat(whole.Name))
}

// namespaces writes the names of the namespaces, or why they are not known.
func (l *lines) namespaces(ctx context.Context, asked Picker) {
	names, err := asked.Namespaces(ctx)
	if err != nil {
		fmt.Fprintln(l.out, report.Escape(report.Sentence(err, l.messages)))
		return
	}
	fmt.Fprintln(l.out, flat(strings.Join(names, " ")))
}
