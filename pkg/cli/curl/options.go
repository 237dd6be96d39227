package curl

import (
	"io"
	"net/http"
	"strings"
	"time"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Options are what curl was asked to do.
type Options struct {
	Address   Address
	Namespace string
	Method    string
	Header    http.Header
	// Body is nil when none is sent.
	Body io.Reader
	// Include prints the headers, too; Fail makes a status of 400 or more an error; Verbose tells of the request.
	Include, Fail, Verbose, Silent bool
	// MaxTime bounds the whole, AppTime what the app takes; 0 means any.
	MaxTime, AppTime time.Duration

	Cluster  target.PodReader
	App      Asker
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	if len(args) != 1 {
		return nil, message.Errorf(nil, "curl.no-target", nil)
	}
	address, err := ParseAddress(args[0])
	if err != nil {
		return nil, err
	}
	header, err := f.header()
	if err != nil {
		return nil, err
	}
	options := &Options{
		Address: address, Method: f.method(), Header: header, Include: f.Include || f.Head, Fail: f.Fail,
		Verbose: f.Verbose, Silent: f.Silent, MaxTime: time.Duration(f.MaxTime * float64(time.Second)), Streams: env.Streams,
	}
	if options.Body, err = f.body(env); err != nil {
		return nil, err
	}
	if options.Namespace, err = env.Namespace(); err != nil {
		return nil, err
	}
	return options, options.connect(env)
}

func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Messages, err = env.Messages(); err != nil {
		return err
	}
	reader, err := env.Cluster()
	if err != nil {
		return err
	}
	o.Cluster = reader
	if o.MaxTime <= 0 {
		// Its other requests are bounded by that already.
		o.AppTime = reader.Timeout()
	}
	o.App, err = action.New(reader)
	return err
}

func (f *Flags) method() string {
	switch {
	case f.Method != "":
		return f.Method
	case f.Head:
		return http.MethodHead
	case len(f.Data) > 0:
		return http.MethodPost
	}
	return http.MethodGet
}

// header reads the values of -H. Data without a type is a form, as with curl.
func (f *Flags) header() (http.Header, error) {
	header := http.Header{}
	for _, line := range f.Headers {
		name, value, found := strings.Cut(line, ":")
		name = strings.TrimSpace(name)
		if !found || name == "" {
			return nil, message.Errorf(nil, "curl.header", message.Args{"Header": line})
		}
		if reserved(name) {
			return nil, message.Errorf(nil, "curl.reserved", message.Args{"Header": name})
		}
		header.Add(name, strings.TrimSpace(value))
	}
	if len(f.Data) > 0 && header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return header, nil
}

// reserved reports whether the API server takes a header for its own, so that it would change who asks and never reach
// the app (apiserver pkg/endpoints/filters/authentication.go, impersonation.go).
func reserved(name string) bool {
	name = http.CanonicalHeaderKey(name)
	return name == "Authorization" || strings.HasPrefix(name, "Impersonate-")
}

// body joins the values of -d.
func (f *Flags) body(env *environment.Environment) (io.Reader, error) {
	if len(f.Data) == 0 {
		return nil, nil
	}
	parts := make([]string, 0, len(f.Data))
	for _, data := range f.Data {
		part, err := read(env, data)
		if err != nil {
			return nil, input.Explain(err, "curl.data", message.Args{"Data": data})
		}
		parts = append(parts, part)
	}
	return strings.NewReader(strings.Join(parts, "&")), nil
}

// mostSent bounds the file of one -d.
const mostSent = 64 << 20

// read returns the text of one -d. Of a file curl drops the line ends, which forms do not have; podkit sends it whole.
func read(env *environment.Environment, data string) (string, error) {
	path, isFile := strings.CutPrefix(data, "@")
	if !isFile {
		return data, nil
	}
	text, err := env.Files().Read(env.Context, path, mostSent)
	return string(text), err
}
