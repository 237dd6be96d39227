package recording

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// seal is known to this process alone: by it the words of the server that it runs itself are told from those of any other
// server, and of a recording, which would dictate a command in podkit's voice.
var seal = sync.OnceValue(rand.Text)

// sealed are the words of a command as they come over the wire.
type sealed struct {
	Seal  string   `json:"seal"`
	Words []string `json:"words"`
}

// LiveWords is what LiveCommand reads.
func LiveWords(command shellword.Command) string {
	text, err := json.Marshal(sealed{seal(), command.Words()})
	if err != nil {
		return ""
	}
	return string(text)
}

// LiveCommand reads the command of a cause LiveLine, of which only words come over the wire. There is no command when
// they are not of this process, or neither kubectl's nor curl's.
func LiveCommand(text string) shellword.Command {
	var found sealed
	if err := json.Unmarshal([]byte(text), &found); err != nil || found.Seal != seal() || len(found.Words) < 2 {
		return shellword.Command{}
	}
	words := found.Words
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
