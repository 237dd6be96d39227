package recording

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/input"
)

// readDump reads a directory of `kubectl cluster-info dump --output-directory` (kubectl pkg/cmd/clusterinfo/clusterinfo_dump.go):
// nodes.json, and for each namespace its lists and POD/logs.txt. No link is followed out of it.
func readDump(ctx context.Context, directory string, limits Limits) (*Recording, error) {
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, openError(directory, reason(err))
	}
	defer root.Close()
	d := &dump{plain: newPlain(ctx, limits), files: root.FS(), texts: map[string]string{}, left: limits.Unpacked}
	if err := fs.WalkDir(d.files, ".", d.visit); err != nil {
		return nil, explain(err)
	}
	r, err := d.recording(d.newest)
	if err != nil {
		return nil, err
	}
	d.placeLogs()
	return r, nil
}

// dump gathers the files of a directory.
type dump struct {
	*plain
	files fs.FS
	// texts are the logs.txt by NAMESPACE/POD.
	texts  map[string]string
	newest time.Time
	left   int64
	seen   int
}

// visit takes in one file. Others than a dump has are passed over.
func (d *dump) visit(name string, entry fs.DirEntry, err error) error {
	if err := first(err, d.meter.ctx.Err()); err != nil {
		return err
	}
	if d.seen++; d.seen > d.limits.Members {
		return errLimit
	}
	parts := strings.Split(name, "/")
	list := strings.HasSuffix(name, ".json") && len(parts) <= 2
	log := len(parts) == 3 && parts[2] == "logs.txt"
	if !entry.Type().IsRegular() || !list && !log {
		return nil
	}
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if info.Size() > d.limits.Member {
		return damaged{name, errLimit}
	}
	if d.left -= info.Size(); d.left < 0 {
		return errLimit
	}
	if info.ModTime().After(d.newest) {
		d.newest = info.ModTime()
	}
	file, err := d.files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	in := &bounded{reader: input.Reader(d.meter.ctx, file), left: d.limits.Member + 1}
	if list {
		d.file, d.at = name, 0
		return d.read(in)
	}
	text, err := io.ReadAll(in)
	d.texts[path.Dir(name)] = string(text)
	return first(err, d.meter.take(logCost+3*int64(len(text))/2))
}

// The lines that a dump writes around the log of a container, and in the place of one that it did not get.
var (
	logStart = regexp.MustCompile(`(?m)^==== START logs for container (\S+) of pod \S+ ====\n`)
	logEnd   = "==== END logs for container "
	logError = regexp.MustCompile(`^(Create log request|Request log) error: `)
)

// placeLogs splits each text into the logs of the pod's containers.
func (d *dump) placeLogs() {
	for _, pod := range d.found.objects[schema.GroupVersionResource{Version: "v1", Resource: "pods"}] {
		text := d.texts[pod.Namespace+"/"+pod.Name]
		starts := slices.DeleteFunc(logStart.FindAllStringSubmatchIndex(text, -1), func(at []int) bool {
			return len(isLabel(text[at[2]:at[3]])) > 0 // A line of a log, that looks like one of the dump's.
		})
		for i, at := range starts {
			end := len(text)
			if i+1 < len(starts) {
				end = starts[i+1][0]
			}
			part := text[at[1]:end]
			if last := strings.LastIndex(part, logEnd); last >= 0 {
				part = part[:last]
			}
			tail := LogTail{Text: part}
			if logError.MatchString(part) {
				tail = LogTail{Failure: &metav1.Status{
					Status: metav1.StatusFailure, Code: 400, Reason: metav1.StatusReasonBadRequest, Message: strings.TrimSpace(part),
				}}
			}
			d.found.logs[LogKey{Namespace: pod.Namespace, Pod: pod.Name, UID: pod.UID, Container: text[at[2]:at[3]]}] = tail
		}
	}
}
