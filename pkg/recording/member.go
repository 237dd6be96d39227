package recording

import (
	"path"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// The members of the archive, in the order in which they are written: the mark first, the header last.
const (
	markMember      = "podkit-recording.json"
	objectsFolder   = "objects"
	logsFolder      = "logs"
	resourcesFolder = "resources"
	listingsFolder  = "listings"
	refusalsFolder  = "refusals"
	answersFolder   = "answers"
	headerMember    = "header.json"
)

// mark is the first member: by it a reader knows, before anything else, what the file is.
type mark struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

// formatName is the mark of a recording.
const formatName = "podkit.dev/recording"

// coreGroup stands in paths for the group of core/v1, whose name is empty. No other group can have the name: those
// without a dot are Kubernetes' own.
const coreGroup = "core"

// component is what may be a part of a member's name. It is narrower than what file systems take, so that an archive can be
// unpacked anywhere, and nothing in it can leave its folder. Its length is checked apart: counted in the expression it would
// cost every command 9 ms at its start.
var component = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?$`)

// componentLimit is the longest name that Kubernetes gives an object (apimachinery pkg/util/validation, DNS1123SubdomainMaxLength).
const componentLimit = 253

// objectsOf is the folder of the objects of a resource.
func objectsOf(gvr schema.GroupVersionResource) (string, bool) {
	group := gvr.Group
	if group == "" {
		group = coreGroup
	}
	return join(objectsFolder, group, gvr.Version, gvr.Resource)
}

// resourceOf is the resource whose objects a member holds: objects/GROUP/VERSION/RESOURCE/0001.jsonl.
func resourceOf(parts []string) (schema.GroupVersionResource, bool) {
	if len(parts) != 5 {
		return schema.GroupVersionResource{}, false
	}
	group := parts[1]
	if group == coreGroup {
		group = ""
	}
	return schema.GroupVersionResource{Group: group, Version: parts[2], Resource: parts[3]}, true
}

// The ends of the names of logs.
const (
	logText     = ".log"
	logRemark   = ".json"
	logPrevious = ".previous"
)

// logOf is the name of the members of a log but for its end: logs/NAMESPACE/POD/UID/CONTAINER[.previous].
func logOf(key LogKey) (string, bool) {
	name, ok := join(logsFolder, key.Namespace, key.Pod, key.UID, key.Container)
	if key.Previous {
		name += logPrevious
	}
	return name, ok
}

// logKeyOf is the log that a member belongs to, and the end of its name.
func logKeyOf(parts []string) (key LogKey, end string, ok bool) {
	if len(parts) != 5 {
		return LogKey{}, "", false
	}
	end = path.Ext(parts[4])
	container, previous := strings.CutSuffix(strings.TrimSuffix(parts[4], end), logPrevious)
	key = LogKey{Namespace: parts[1], Pod: parts[2], UID: parts[3], Container: container, Previous: previous}
	return key, end, end == logText || end == logRemark
}

// join makes a member's name of its parts, if each may be one.
func join(parts ...string) (string, bool) {
	for _, part := range parts {
		if len(part) > componentLimit || !component.MatchString(part) || part == ".." {
			return "", false
		}
	}
	return strings.Join(parts, "/"), true
}
