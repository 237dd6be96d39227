package recording

import (
	"encoding/json"
	"slices"
	"strings"

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
		return typed(shellword.New("kubectl"), words[:last]).With("%s", shellword.Placeholder("file"))
	case program == "kubectl":
		return typed(shellword.New("kubectl"), words)
	case program == "curl":
		return typed(shellword.New("curl"), words)
	}
	return shellword.Command{}
}

// typed adds the words behind the program; what it asks a server for is a path.
func typed(command shellword.Command, words []string) shellword.Command {
	for i, word := range words[1:] {
		if words[i] == "--raw" || words[0] == "curl" && !strings.HasPrefix(word, "-") {
			command = command.With("%s", shellword.Path(word))
		} else {
			command = command.Typed(word)
		}
	}
	return command
}
