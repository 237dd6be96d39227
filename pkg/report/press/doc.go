// Package press prints a diagnosis in the formats that leave the terminal: Markdown and HTML for people, SARIF and JUnit for
// CI systems. It is the one door to them for commands. Start reading at Press.
package press
