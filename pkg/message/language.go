package message

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Language is one of the languages that podkit speaks, as a BCP 47 base tag: "en" or "zh".
type Language string

// The languages of the catalogue.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// Languages lists every language of the catalogue, the default first.
func Languages() []Language { return []Language{English, Chinese} }

// environment names the variables that choose a language, the strongest first. LC_ALL and LANG are POSIX';
// PODKIT_LANG is for those whose terminal speaks one language and whose team another.
var environment = [...]string{"PODKIT_LANG", "LC_ALL", "LANG"}

// Choose returns the language to speak: that of the flag when it is set, else that of the first environment
// variable that is set, else English. A flag that names no known language is an error; a variable is not, since
// LANG=fr_FR.UTF-8 must not break a command.
func Choose(flag string, getenv func(string) string) (Language, error) {
	if flag != "" {
		chosen, known := match(flag)
		if !known {
			return English, fmt.Errorf("--lang %q is not one of en, zh", flag)
		}
		return chosen, nil
	}
	if _, value := Chooser(getenv); value != "" {
		chosen, _ := match(value)
		return chosen, nil
	}
	return English, nil
}

// match reads a BCP 47 tag or a POSIX locale such as zh_CN.UTF-8 and says whether it names a known language.
func match(locale string) (Language, bool) {
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(name)
	if err != nil {
		return English, false
	}
	base, _ := tag.Base()
	for _, known := range Languages() {
		if base.String() == string(known) {
			return known, true
		}
	}
	return English, false
}

// Chooser returns the environment variable that Choose heeds without a flag, and its value; both are empty when none is
// set.
func Chooser(getenv func(string) string) (name, value string) {
	for _, name := range environment {
		if value := getenv(name); value != "" {
			return name, value
		}
	}
	return "", ""
}
