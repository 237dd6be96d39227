package prompt

import "github.com/kubectl-podkit/podkit/pkg/message"

// The hotkeys that are the prompt's own business; those of choices come with them.
const (
	keyCopy    = "c"
	keyView    = "v"
	keyNote    = "n"
	keyExplain = "?"
	keyJump    = "j"
)

// letter is a choice's key, unless it is a digit: digits count the choices, in the order in which they are shown.
func letter(key string) string {
	if key >= "0" && key <= "9" {
		return ""
	}
	return key
}

// ownKey is a key of the prompt's own, and the message that names it.
type ownKey struct{ key, name string }

// ownKeys are those that do something for a question.
func ownKeys(q *Question) []ownKey {
	var keys []ownKey
	add := func(there bool, key, name string) {
		if there {
			keys = append(keys, ownKey{key, name})
		}
	}
	add(len(q.Commands) > 0, keyCopy, "prompt.key.copy")
	add(q.Full != nil, keyView, "prompt.key.view")
	add(q.Note != nil, keyNote, "prompt.key.note")
	add(len(q.Topics) > 0, keyExplain, "prompt.key.explain")
	return keys
}

// keyLine joins the words of keys, without those for which there is no room.
func keyLine(messages *message.Catalog, ids []string, width int) string {
	line := ""
	for _, id := range ids {
		next := messages.Text(id)
		if line != "" {
			next = line + " · " + next
		}
		if clip(next, width) != next {
			break
		}
		line = next
	}
	return line
}
