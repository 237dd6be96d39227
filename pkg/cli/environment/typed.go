package environment

import (
	"slices"

	"github.com/spf13/pflag"
)

// Typed is a command of podkit's as it was typed, but for --recording: what does the same on the live cluster. The
// namespace, which may be that of the recording, is always named; empty means all of them.
func Typed(command, namespace string, flags *pflag.FlagSet, args []string) []string {
	words := []string{"podkit", command}
	if namespace != "" {
		words = append(words, "-n", namespace)
	}
	flags.Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "recording", "namespace":
		default:
			words = append(words, typed(flag)...)
		}
	})
	return slices.Concat(words, args)
}

// typed are the words that set a flag to its value.
func typed(flag *pflag.Flag) []string {
	name := "--" + flag.Name
	if flag.Shorthand != "" {
		name = "-" + flag.Shorthand
	}
	value := flag.Value.String()
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		var words []string
		for _, value := range list.GetSlice() {
			words = append(words, name, value)
		}
		return words
	}
	switch {
	case flag.Value.Type() == "bool" && value == "true":
		return []string{name}
	case flag.NoOptDefVal != "": // Such a flag takes no word of its own for its value.
		return []string{"--" + flag.Name + "=" + value}
	}
	return []string{name, value}
}
