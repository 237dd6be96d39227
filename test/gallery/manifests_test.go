package gallery

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
)

// decode reads a manifest as the API server would with strict field validation.
func decode(t *testing.T, fsys fs.FS, file string) []runtime.Object {
	t.Helper()
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		t.Fatal(err)
	}
	decoder := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	documents := yaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(text)))
	defer func() {
		if err := documents.Close(); err != nil {
			t.Error(err)
		}
	}()
	var objects []runtime.Object
	for {
		document := make([]byte, 1<<16)
		n, err := documents.Read(document)
		if errors.Is(err, io.EOF) {
			return objects
		}
		if err != nil {
			t.Fatal(err)
		}
		object, _, err := decoder.Decode(document[:n], nil, nil)
		if err != nil {
			t.Fatalf("document %d: %v", len(objects)+1, err)
		}
		objects = append(objects, object)
	}
}

// template gives the labels and the spec of the Pods that an object stands for.
func template(object runtime.Object) (map[string]string, *corev1.PodSpec) {
	switch o := object.(type) {
	case *corev1.Pod:
		return o.Labels, &o.Spec
	case *appsv1.Deployment:
		return o.Spec.Template.Labels, &o.Spec.Template.Spec
	case *appsv1.StatefulSet:
		return o.Spec.Template.Labels, &o.Spec.Template.Spec
	case *appsv1.DaemonSet:
		return o.Spec.Template.Labels, &o.Spec.Template.Spec
	case *batchv1.Job:
		return o.Spec.Template.Labels, &o.Spec.Template.Spec
	case *batchv1.CronJob:
		pod := o.Spec.JobTemplate.Spec.Template
		return pod.Labels, &pod.Spec
	}
	return nil, nil
}

func TestGallery(t *testing.T) {
	dir := os.DirFS("../../deploy/gallery")
	cases, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Fatal("no case in deploy/gallery")
	}
	id := regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`)
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			if !id.MatchString(c.ID) {
				t.Errorf("id %q is not kebab-case", c.ID)
			}
			if !strings.HasSuffix(c.Wrong+c.Well, ".") {
				t.Errorf("%q is no sentence", c.Wrong+c.Well)
			}
			if strings.HasPrefix(c.ID, "healthy-") != (c.Well != "") {
				t.Error("what is well, and nothing else, is called healthy-*")
			}
			checkIDs(t, c)
			pods := 0
			for _, object := range decode(t, dir, c.File) {
				checkLabel(t, c, object)
				labels, spec := template(object)
				if spec == nil {
					continue
				}
				pods++
				if labels[Label] != c.ID {
					t.Errorf("Pods have %s=%q, want %q", Label, labels[Label], c.ID)
				}
				checkImages(t, c, spec)
			}
			if pods != 1 {
				t.Errorf("%d objects make Pods, want 1", pods)
			}
		})
	}
}

// checkIDs holds the header against the causes that podkit knows.
func checkIDs(t *testing.T, c Case) {
	t.Helper()
	known := func(id string) bool {
		return slices.ContainsFunc(diagnosis.Causes(causes.All()), func(cause diagnosis.Cause) bool { return cause.ID == id })
	}
	if c.Well == "" && c.Finding != None && known(c.Finding) != (c.Meanwhile == "") {
		t.Errorf("podkit knows %s: %t, so the header's line \"Meanwhile: %s\" is wrong or missing", c.Finding, known(c.Finding), c.Meanwhile)
	}
	for _, id := range c.Also {
		if !known(id) {
			t.Errorf("podkit knows no finding %s", id)
		}
	}
}

func checkLabel(t *testing.T, c Case, object runtime.Object) {
	t.Helper()
	o, err := meta.Accessor(object)
	if err != nil {
		t.Fatal(err)
	}
	if o.GetLabels()[Label] != c.ID {
		t.Errorf("%s has %s=%q, want %q", o.GetName(), Label, o.GetLabels()[Label], c.ID)
	}
	if o.GetNamespace() != "" {
		t.Errorf("%s is in namespace %q: a case must be applicable anywhere, with -n", o.GetName(), o.GetNamespace())
	}
}

// checkImages keeps apart what any cluster can run and what the lab alone has.
func checkImages(t *testing.T, c Case, spec *corev1.PodSpec) {
	t.Helper()
	for _, container := range append(append([]corev1.Container(nil), spec.InitContainers...), spec.Containers...) {
		onlyInLab := strings.HasPrefix(container.Image, "127.0.0.1:") || strings.HasPrefix(container.Image, "podkit.dev/")
		if onlyInLab && c.Needs == "" && container.ImagePullPolicy != corev1.PullNever {
			t.Errorf("image %s is in the lab alone, and the header has no \"# Needs:\"", container.Image)
		}
	}
}

func TestDemo(t *testing.T) {
	dir := os.DirFS("../../deploy/demo")
	files, err := fs.Glob(dir, "*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, error %v", files, err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			for _, object := range decode(t, dir, file) {
				o, err := meta.Accessor(object)
				if err != nil {
					t.Fatal(err)
				}
				if o.GetNamespace() != "" {
					t.Errorf("%s is in namespace %q, so the tutorial's commands miss it", o.GetName(), o.GetNamespace())
				}
			}
		})
	}
}

// Applying the second file must be a rollout of the first, and nothing else.
func TestBootcampVersionsDifferInTheImageAlone(t *testing.T) {
	dir := os.DirFS("../../deploy/demo")
	manifest := func(version string) string {
		text, err := fs.ReadFile(dir, "bootcamp-"+version+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, objects, found := strings.Cut(string(text), "apiVersion")
		if !found || !strings.Contains(objects, "kubernetes-bootcamp:"+version) {
			t.Fatalf("no image of version %s in\n%s", version, text)
		}
		return strings.ReplaceAll(objects, "kubernetes-bootcamp:"+version, "kubernetes-bootcamp:VERSION")
	}
	if manifest("v1") != manifest("v2") {
		t.Error("bootcamp-v1.yaml and bootcamp-v2.yaml differ in more than the image")
	}
}
