// Package markdown writes a dossier as Markdown that can be pasted into a ticket: CommonMark with the tables of GitHub's
// dialect, which GitLab and Jira's editor read as well, and <details> for what is long.
//
// Whatever a cluster said stays text: it opens no link, mentions nobody, closes no fence and no <details>. Start reading at
// Write.
package markdown
