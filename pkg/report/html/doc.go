// Package html writes a dossier as one page that needs nothing else: no script, no font, no image, nothing that it loads, which
// its own Content-Security-Policy forbids as well. It can be attached to an incident, read on a phone, and printed.
//
// The page is page.tmpl and its style style.css; html/template escapes every text for the place where it stands. The pictures,
// chains and timelines, are SVG within the page, laid out here and drawn by the template. Start reading at Write.
package html
