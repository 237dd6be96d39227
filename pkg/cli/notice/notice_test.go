package notice

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

func TestTeller(t *testing.T) {
	note := action.Note{ID: "container.defaulted", Args: message.Args{"Container": "app\x1b[2J", "Containers": "app,\nproxy"}}
	told := message.Errorf(nil, "container.none", message.Args{"Pod": "web-0", "Namespace": "shop"})
	tests := map[message.Language]string{
		message.English: "Defaulted container \"app^[[2J\" out of: app, proxy\n" +
			"error: pod \"web-0\" has no containers; to look at it: kubectl podkit describe web-0 -n shop\n" +
			"error: plain\n",
		message.Chinese: "默认使用容器 \"app^[[2J\"，全部容器：app, proxy\n" +
			"错误：Pod \"web-0\" 没有容器；查看详情：kubectl podkit describe web-0 -n shop\n" +
			"错误：plain\n",
	}
	for language, want := range tests {
		messages, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		teller := New(&out, messages)
		teller.Notes(note)
		teller.Failure(fmt.Errorf("wrapped: %w", told))
		teller.Failure(errors.New("plain"))
		if got := out.String(); got != want {
			t.Errorf("%s: got\n%swant\n%s", language, got, want)
		}
	}
}
