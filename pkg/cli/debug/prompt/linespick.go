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
	namespace, view := asked.Namespace, wordPods
	for {
		listing, err := asked.Load(ctx, namespace)
		if err != nil && (ctx.Err() != nil || namespace == asked.Namespace) {
			return "", err // Nothing was chosen yet: the command cannot do what it was asked to.
		}
		if err != nil {
			fmt.Fprintln(l.out, report.Escape(report.Sentence(err, l.messages)))
			namespace = asked.Namespace
			continue
		}
		for filter, again := "", false; !again; {
			rows := listing.Pods
			if view == wordOwners {
				rows = listing.Owners
			}
			rows = narrowed(rows, filter)
			l.listed(asked, namespace, listing.Whole, rows)
			fmt.Fprint(l.out, l.messages.Text("prompt.pick.number", message.Args{"Default": byDefault(rows)}))
			typed, err := l.read(ctx)
			if err != nil {
				fmt.Fprintln(l.out)
				return "", err
			}
			word, name, _ := strings.Cut(typed, " ")
			if typed == "" {
				word = strconv.Itoa(byDefault(rows))
			}
			number, err := strconv.Atoi(word)
			switch {
			case err == nil && number == 0:
				return listing.Whole.ID, nil
			case err == nil && number > 0 && number <= min(len(rows), mostNumbered):
				return rows[number-1].ID, nil
			case err == nil:
				fmt.Fprintln(l.out, l.messages.Text("prompt.pick.no-number", message.Args{"Last": min(len(rows), mostNumbered)}))
			case word == wordNamespace && name == "":
				l.namespaces(ctx, asked)
			case word == wordNamespace:
				namespace, again = strings.TrimPrefix(name, "-A"), true
			case word == wordOwners || word == wordPods:
				view, filter = word, ""
			default:
				filter = typed
			}
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
