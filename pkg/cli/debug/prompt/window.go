package prompt

// window is where a list stands: the line chosen, and the first one shown.
type window struct{ at, top int }

// move goes by so many lines, and stays within the list.
func (w *window) move(by, length int) {
	w.at = max(min(w.at+by, length-1), 0)
}

// fit returns the lines to show of a list, so many at most, such that the chosen one is among them.
func (w *window) fit(length, lines int) (from, to int) {
	lines = max(lines, 1)
	w.at = max(min(w.at, length-1), 0)
	w.top = max(min(w.top, w.at, length-lines), w.at-lines+1, 0)
	return w.top, min(w.top+lines, length)
}

// travel is how far a key moves in a list of which so many lines are shown; 0 for a key that does not.
func travel(key string, page, length int) int {
	switch key {
	case "up", "ctrl+p", "shift+tab":
		return -1
	case "down", "tab":
		return 1
	case "pgup":
		return -page
	case "pgdown":
		return page
	case "home":
		return -length
	case "end":
		return length
	}
	return 0
}
