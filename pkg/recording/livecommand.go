package recording

import (
	"encoding/json"
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// LiveWords is what LiveCommand reads.
func LiveWords(command shellword.Command) string {
	text, err := json.Marshal(command.Words())
	if err != nil {
		return ""
	}
	return string(text)
}

// LiveCommand reads the command of a cause LiveLine. Only words come over the wire, of which the line is made here: what
// answers need not be a recording. There is no command when it is neither kubectl nor curl.
func LiveCommand(text string) shellword.Command {
	var words []string
	if err := json.Unmarshal([]byte(text), &words); err != nil || len(words) < 2 {
		return shellword.Command{}
	}
	program, command, last := words[0], words[1], len(words)-1
	switch {
	case program == "kubectl" && slices.Contains([]string{"create", "replace"}, command): // The reader has what was sent.
		return shellword.New("kubectl").Typed(words[1:last]...).With("%s", shellword.Placeholder("file"))
	case program == "kubectl":
		return shellword.New("kubectl").Typed(words[1:]...)
	case program == "curl":
		return shellword.New("curl").Typed(words[1:]...)
	}
	return shellword.Command{}
}
