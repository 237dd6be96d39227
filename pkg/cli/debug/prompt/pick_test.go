package prompt

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

func TestPick(t *testing.T) {
	tests := map[string]struct {
		keys        []string
		want        string
		wantPressed int
	}{
		"Enter takes the worst pod":           {keys: []string{"enter"}, want: "shop/checkout-6d5f8b7c9d-x2x1z", wantPressed: 1},
		"the whole namespace is above it":     {keys: []string{"up", "enter"}, want: "shop/", wantPressed: 2},
		"the filter looks at reasons, too":    {keys: []string{"5", "0", "3", "enter"}, want: "shop/front-5b8c7d9f6-k4k4k"},
		"words in any order":                  {keys: []string{"P", "u", "l", "l", " ", "c", "a", "enter"}, want: "shop/catalogue-with-quite-a-long-name-for-a-deployment-7c9f6d5b4-abcde"},
		"a typing error taken back":           {keys: []string{"f", "r", "x", "backspace", "enter"}, want: "shop/front-5b8c7d9f6-k4k4k"},
		"Esc clears the filter":               {keys: []string{"z", "esc", "enter"}, want: "shop/checkout-6d5f8b7c9d-x2x1z"},
		"nothing can be taken where there is": {keys: []string{"z", "z", "enter"}},
		"owners":                              {keys: []string{"tab", "enter"}, want: "shop/deployment/checkout"},
		"and back to pods":                    {keys: []string{"tab", "tab", "down", "down", "enter"}, want: "shop/front-5b8c7d9f6-k4k4k"},
		"another namespace":                   {keys: []string{"ctrl+n", "d", "e", "f", "enter", "enter"}, want: "default/checkout-6d5f8b7c9d-x2x1z"},
		"all namespaces":                      {keys: []string{"ctrl+n", "home", "enter", "up", "enter"}, want: "/"},
		"back from the namespaces":            {keys: []string{"ctrl+n", "esc", "enter"}, want: "shop/checkout-6d5f8b7c9d-x2x1z"},
		"out of a namespace without rights":   {keys: []string{"ctrl+n", "v", "enter", "enter", "ctrl+n", "s", "h", "enter", "enter"}, want: "shop/checkout-6d5f8b7c9d-x2x1z"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := opened(t, message.English, func(m *message.Catalog) Picker { return shop(m, 3) }, false)
			pressed, done := press(p, test.keys...)
			if p.chosen.ID != test.want || done != (test.want != "") {
				t.Errorf("picked %q, done %v; want %q", p.chosen.ID, done, test.want)
			}
			if test.wantPressed > 0 && pressed != test.wantPressed {
				t.Errorf("that took %d keys, want %d", pressed, test.wantPressed)
			}
		})
	}
}

// Who may not list namespaces types the name of one.
func TestNamespaceIsTyped(t *testing.T) {
	p := opened(t, message.English, func(m *message.Catalog) Picker {
		asked := shop(m, 3)
		asked.Namespaces = func(context.Context) ([]string, error) { return nil, errors.New("forbidden") }
		return asked
	}, false)
	press(p, "ctrl+n", "d", "e", "v", "enter", "enter")
	if p.chosen.ID != "dev/checkout-6d5f8b7c9d-x2x1z" {
		t.Errorf("picked %q", p.chosen.ID)
	}
}

// An answer that comes after another namespace was asked for is not shown as that one's.
func TestLateAnswerIsDropped(t *testing.T) {
	messages := catalog(t, message.English)
	p := newPick(t.Context(), shop(messages, 3), messages, newInks(report.Terminal{}))
	first := p.load()
	p.namespace = "default"
	second := p.load()
	settle(p, second)
	settle(p, first)
	press(p, "enter")
	if p.chosen.ID != "default/checkout-6d5f8b7c9d-x2x1z" {
		t.Errorf("picked %q", p.chosen.ID)
	}
}

// Nothing is chosen while the cluster is being asked: an impatient Enter must not pick what is not on the screen.
func TestEnterWaits(t *testing.T) {
	messages := catalog(t, message.English)
	p := newPick(t.Context(), shop(messages, 3), messages, newInks(report.Terminal{}))
	p.load()
	if _, done := press(p, "enter"); done {
		t.Errorf("picked %q", p.chosen.ID)
	}
}

// Where all is well there is nothing to lead to: Enter takes the whole namespace.
func TestHealthyNamespace(t *testing.T) {
	p := opened(t, message.Chinese, func(m *message.Catalog) Picker {
		asked := shop(m, 0)
		asked.Load = func(context.Context, string) (Listing, error) {
			return Listing{Whole: Row{ID: "shop/", Name: "all"}, Pods: []Row{{ID: "shop/web", Name: "web", Status: "Running"}}}, nil
		}
		return asked
	}, false)
	press(p, "enter")
	if p.chosen.ID != "shop/" {
		t.Errorf("picked %q", p.chosen.ID)
	}
}

// Of five thousand pods only what is shown is laid out.
func TestThousandsOfPods(t *testing.T) {
	p := opened(t, message.English, func(m *message.Catalog) Picker { return shop(m, 5000) }, true)
	for _, key := range []string{"w", "o", "r", "k", "e", "r", " ", "4", "9", "pgdown", "end", "up", "backspace", "esc", "end", "pgup"} {
		press(p, key)
		frameOf(t, p, size{80, 24})
	}
	if row, _ := p.shelves[pods].at(); row.Name != "worker-4983" && !strings.HasPrefix(row.Name, "worker-49") {
		t.Errorf("a page before the end is %q", row.Name)
	}
}

// BenchmarkKey is one key and the frame that answers it, among five thousand pods.
func BenchmarkKey(b *testing.B) {
	p := opened(b, message.English, func(m *message.Catalog) Picker { return shop(m, 5000) }, true)
	for b.Loop() {
		press(p, "down")
		frameOf(b, p, size{80, 24})
	}
}

func TestWindowFollows(t *testing.T) {
	w := window{}
	var tops []int
	for range 6 {
		w.move(1, 5)
		from, _ := w.fit(5, 3)
		tops = append(tops, from)
	}
	w.move(-4, 5)
	from, to := w.fit(5, 3)
	if want := []int{0, 0, 1, 2, 2, 2}; !slices.Equal(tops, want) || from != 0 || to != 3 {
		t.Errorf("tops %v then %d to %d, want %v then 0 to 3", tops, from, to, want)
	}
}
