package redact

import "sync"

// mostKeys bounds the names that are remembered with their class.
const mostKeys = 8192

// keys remembers what names mean: those of a log are few and come again in every line. It is safe for concurrent use.
type keys struct {
	mu    sync.RWMutex
	rules map[string]string
}

func newKeys() *keys { return &keys{rules: map[string]string{}} }

// class is the function class.
func (k *keys) class(name string) string {
	k.mu.RLock()
	rule, known := k.rules[name]
	k.mu.RUnlock()
	if known {
		return rule
	}
	rule = class(name)
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.rules) >= mostKeys {
		clear(k.rules)
	}
	k.rules[name] = rule
	return rule
}
