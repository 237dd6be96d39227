package capture

import (
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/capture"
)

// TestLostIsTold: what came in part, and what did not come though it was not refused, stands under what was not read.
func TestLostIsTold(t *testing.T) {
	pods := recording.Refusal{
		Request: recording.Request{Verb: "list", Version: "v1", Resource: "pods", Namespace: "shop"},
		Status:  metav1.Status{Code: 500, Message: "only 500 of about 1700 pods could be read: no more"},
	}
	summary := &capture.Summary{Refused: []recording.Refusal{pods}, Lost: []capture.Loss{
		{Namespace: "shop", Logs: 2, Cut: true, Cause: "unexpected EOF"}, {Namespace: "shop", Logs: 3, Code: 500, Cause: "no disk"},
	}}
	for language, wants := range map[message.Language][]string{
		message.English: {
			"Not read, so that nothing is said of it:\n  pods in namespace shop: only 500 of about 1700 pods could be read: no more\n",
			"  pods/log in namespace shop: 2 could be read in part only: unexpected EOF\n  pods/log in namespace shop: 3 could not be read: no disk\n",
		},
		message.Chinese: {"2 份只读到一部分：unexpected EOF\n", "3 份未能读取：no disk\n"},
	} {
		messages, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		o := &Options{Output: "x", Messages: messages}
		for _, want := range wants {
			if told := o.told(summary, 1); !strings.Contains(told, want) {
				t.Errorf("it does not say %q:\n%s", want, told)
			}
		}
	}
}
