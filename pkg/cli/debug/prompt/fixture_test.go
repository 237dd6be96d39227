package prompt

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

func catalog(t testing.TB, language message.Language) *message.Catalog {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// keys are those that tests press by name; any other name is typed.
var keys = map[string]tea.Key{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
	"pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"backspace": {Code: tea.KeyBackspace}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"ctrl+c": {Code: 'c', Mod: tea.ModCtrl},
}

// press sends keys to a panel and runs what follows from them, until it is done or no keys are left. It returns how many
// it took and whether the panel is done.
func press(p panel, names ...string) (pressed int, done bool) {
	for _, name := range names {
		key, known := keys[name]
		if !known {
			key = tea.Key{Code: []rune(name)[0], Text: name}
		}
		pressed++
		var cmd tea.Cmd
		done, cmd = p.update(tea.KeyPressMsg(key))
		settle(p, cmd)
		if done {
			return pressed, true
		}
	}
	return pressed, false
}

// settle runs a command and sends its answer to the panel, as the program does.
func settle(p panel, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		if msg == nil {
			return
		}
		_, cmd = p.update(msg)
	}
}

// screens are the sizes at which panels are compared with golden frames.
var screens = map[string]size{"80x24": {80, 24}, "160x50": {160, 50}}

// frameOf draws a panel and checks that it fits.
func frameOf(t testing.TB, p panel, screen size) string {
	t.Helper()
	content, cursor := p.view(screen.width, screen.height-1)
	content = "\n" + content // The blank line above.
	lines := strings.Split(content, "\n")
	if len(lines) > screen.height {
		t.Errorf("%d lines on a screen of %d", len(lines), screen.height)
	}
	for _, line := range lines {
		if width := lipgloss.Width(line); width > screen.width {
			t.Errorf("%d columns on a screen of %d: %q", width, screen.width, line)
		}
	}
	if cursor != nil && (cursor.X < 0 || cursor.X >= screen.width || cursor.Y < 0 || cursor.Y >= len(lines)-1) {
		t.Errorf("the cursor is off the panel: %+v", cursor.Position)
	}
	return content + "\n"
}

// question returns a question with all that one can have.
func whole(t *testing.T, language message.Language) *Question {
	t.Helper()
	titles := map[message.Language][]string{
		message.English: {"Go on: step 3, What does the app write?", "Back to step 1", "Do this step again", "Skip step 3", "Go to step 4, Who made it?", "Go to step 5, What does it look like inside?", "Finish"},
		message.Chinese: {"继续：第 3 步，应用写了哪些日志？", "回到第 1 步", "重做这一步", "跳过第 3 步", "转到第 4 步：谁创建了它？", "转到第 5 步：容器内部是什么样子？", "结束"},
	}[language]
	asked := &Question{
		Cause: map[message.Language]string{
			message.English: "Container checkout exits with 2 by itself: the log says that the environment variable DB_URL\nis missing",
			message.Chinese: "容器 checkout 自行以 2 退出：日志显示缺少环境变量 DB_URL，请在 deploy/checkout 的 Pod 模板中设置它",
		}[language],
		Commands: []string{"kubectl logs crash-7c9f-x2x1z --previous -n shop", "kubectl describe pod crash-7c9f-x2x1z -n shop"},
		Full:     func() string { return "line 1\nline 2\x1b[2J\n" }, Topics: []string{"log", "exit-code"}, Note: func(context.Context, string) error { return nil },
	}
	for i, key := range []string{"", "b", "r", "s", "j", "j", "q"} {
		asked.Choices = append(asked.Choices, Choice{Key: key, Label: titles[i], ID: fmt.Sprintf("%s%d", key, i)})
	}
	return asked
}

// shop is a picker over a namespace with broken and healthy pods, and another one that may not be read.
func shop(messages *message.Catalog, healthy int) Picker {
	return Picker{
		Title: messages.Text("prompt.pick.title"), Context: "lab", Namespace: "shop",
		Load: func(_ context.Context, namespace string) (Listing, error) {
			if namespace == "vault" {
				return Listing{}, message.Errorf(nil, "error.forbidden", message.Args{
					"Verb": "list", "Resource": "pods", "Namespace": namespace, "Cause": `User "jane" cannot list resource "pods"`,
				})
			}
			args := message.Args{"Namespace": namespace, "Pods": healthy + 3, "Bad": 3}
			listing := Listing{Whole: Row{ID: namespace + "/", Name: messages.Text("prompt.pick.whole", args), Tone: Bad}}
			add := func(name, status, why string, tone Tone) {
				listing.Pods = append(listing.Pods, Row{ID: namespace + "/" + name, Name: name, Status: status, Why: why, Tone: tone})
			}
			add("checkout-6d5f8b7c9d-x2x1z", "CrashLoopBackOff", "log-missing-env: the log says that the environment variable DB_URL is missing \x1b[2J", Bad)
			add("catalogue-with-quite-a-long-name-for-a-deployment-7c9f6d5b4-abcde", "ImagePullBackOff", "image-not-found: registry.example.com/shop/catalogue:v2 does not exist", Bad)
			add("front-5b8c7d9f6-k4k4k", "Running", "readiness-failing：就绪探针一直失败，返回 503", Warn)
			for i := range healthy {
				add(fmt.Sprintf("worker-%04d", i), "Running", "", Good)
			}
			listing.Owners = []Row{{ID: namespace + "/deployment/checkout", Name: "Deployment/checkout", Status: "1 Pod", Why: "log-missing-env", Tone: Bad}}
			return listing, nil
		},
		Namespaces: func(context.Context) ([]string, error) {
			return []string{"default", "kube-system", "shop", "vault"}, nil
		},
	}
}

// opened is a picker that has read its first namespace.
func opened(t testing.TB, language message.Language, asked func(*message.Catalog) Picker, color bool) *pick {
	t.Helper()
	messages := catalog(t, language)
	p := newPick(t.Context(), asked(messages), messages, newInks(report.Terminal{Color: color}))
	p.view(80, 24)
	settle(p, p.init())
	return p
}
