package debug

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// picker is an asker that looks at what there is to pick, and picks what it is told to.
type picker struct {
	prompt.Asker
	t       *testing.T
	id      string
	asked   int
	listing prompt.Listing
	names   []string
}

func (p *picker) Pick(ctx context.Context, asked prompt.Picker) (string, error) {
	p.asked++
	var err error
	if p.listing, err = asked.Load(ctx, asked.Namespace); err != nil {
		return "", err
	}
	p.names, err = asked.Namespaces(ctx)
	return p.id, err
}

// brokenAndHealthy is a namespace with a Deployment of which one pod crashes, and a bare pod that is well.
func brokenAndHealthy() *fakeCluster {
	cluster, _ := crashing()
	pods := cluster.looks[0][:1]
	pods[0].Labels["pod-template-hash"] = "5d4f"
	well := bootcamp("bootcamp-5d4f-aaaaa")
	well.Labels["pod-template-hash"] = "5d4f"
	bare := bootcamp("alone")
	bare.OwnerReferences = nil
	cluster.looks = [][]corev1.Pod{{bare, well, pods[0]}}
	cluster.owners = append(cluster.owners, named("Namespace", "shop"), named("Namespace", "default"))
	return cluster
}

func named(kind, name string) metav1.PartialObjectMetadata {
	return metav1.PartialObjectMetadata{TypeMeta: metav1.TypeMeta{Kind: kind}, ObjectMeta: metav1.ObjectMeta{Name: name}}
}

func TestWhatThereIsToPick(t *testing.T) {
	for _, namespace := range []string{"default", ""} {
		o, out, _ := options(t, message.English, brokenAndHealthy(), &fakePods{})
		o.Spec, o.Terminal.Interactive = target.Spec{Namespace: namespace}, true
		asker := &picker{t: t, id: "default/bootcamp-5d4f-x7k2p"}
		if onward, err := o.pick(context.Background(), asker); err != nil || !onward {
			t.Fatalf("onward %v, %v", onward, err)
		}
		if out.String() != "\n" {
			t.Errorf("between what was picked and the run stands %q, want a blank line", out)
		}
		prefix := ""
		whole := prompt.Row{ID: "default/", Name: "The whole namespace default: 3 Pods, 1 not well", Tone: prompt.Bad}
		if namespace == "" {
			prefix = "default/"
			whole = prompt.Row{ID: "/", Name: "All namespaces: 3 Pods, 1 not well", Tone: prompt.Bad}
		}
		why := "app-exit: Container bootcamp exits with 1 by itself, 10s after its start (restarts: 4)"
		want := prompt.Listing{
			Whole: whole,
			Pods: []prompt.Row{
				{ID: "default/bootcamp-5d4f-x7k2p", Name: prefix + "bootcamp-5d4f-x7k2p", Status: "CrashLoopBackOff", Why: why, Tone: prompt.Bad},
				{ID: "default/alone", Name: prefix + "alone", Status: "Running"},
				{ID: "default/bootcamp-5d4f-aaaaa", Name: prefix + "bootcamp-5d4f-aaaaa", Status: "Running"},
			},
			Owners: []prompt.Row{
				{ID: "default/deploy/bootcamp", Name: prefix + "deploy/bootcamp", Status: "2 Pods, 1 not well", Why: why, Tone: prompt.Bad},
				{ID: "default/alone", Name: prefix + "alone", Status: "one Pod"},
			},
		}
		if diff := cmp.Diff(want, asker.listing); diff != "" {
			t.Errorf("%q (-want +got):\n%s", namespace, diff)
		}
		if diff := cmp.Diff([]string{"default", "shop"}, asker.names); diff != "" {
			t.Errorf("namespaces (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(target.Spec{Namespace: "default", Names: []target.Name{{Name: "bootcamp-5d4f-x7k2p"}}}, o.Spec); diff != "" {
			t.Errorf("picked (-want +got):\n%s", diff)
		}
	}
}

func TestPickedSpec(t *testing.T) {
	tests := map[string]target.Spec{
		"/":                {},
		"shop/":            {Namespace: "shop"},
		"shop/web-0":       {Namespace: "shop", Names: []target.Name{{Name: "web-0"}}},
		"shop/deploy/web":  {Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}}},
		"shop/rollout/web": {Namespace: "shop", Names: []target.Name{{Resource: "rollout", Name: "web"}}},
	}
	for id, want := range tests {
		if diff := cmp.Diff(want, pickedSpec(id)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// Nothing is asked where the command line says it, or the run that is taken up.
func TestNothingToPick(t *testing.T) {
	tests := map[string]func(*Options){
		"a target":      func(*Options) {},
		"a selector":    func(o *Options) { o.Spec = target.Spec{Labels: "app=web"} },
		"a field":       func(o *Options) { o.Spec = target.Spec{Fields: "spec.nodeName=node1"} },
		"a resumed run": func(o *Options) { o.Spec, o.Resumed = target.Spec{}, &saved{} },
		"a namespace?":  nil,
	}
	for name, change := range tests {
		o, _, _ := options(t, message.English, brokenAndHealthy(), &fakePods{})
		o.Terminal.Interactive = true
		want := 0
		if change == nil { // A namespace alone is no target: that is where to look for one.
			change, want = func(o *Options) { o.Spec = target.Spec{Namespace: "default"} }, 1
		}
		change(o)
		asker := &picker{t: t, id: "default/alone"}
		if onward, err := o.pick(context.Background(), asker); err != nil || !onward || asker.asked != want {
			t.Errorf("%s: onward %v, %v, asked %d times", name, onward, err, asker.asked)
		}
	}
}

func TestPickFails(t *testing.T) {
	cluster := brokenAndHealthy()
	cluster.err = errors.New("no route to host")
	o, _, _ := options(t, message.English, cluster, &fakePods{})
	o.Spec, o.Terminal.Interactive = target.Spec{Namespace: "default"}, true
	if onward, err := o.pick(context.Background(), &picker{t: t}); onward || !errors.Is(err, cluster.err) {
		t.Errorf("onward %v, %v", onward, err)
	}
}

// Where nobody is asked the run is about the whole namespace, as it always was.
func TestNobodyPicks(t *testing.T) {
	o, _, _ := options(t, message.English, brokenAndHealthy(), &fakePods{})
	o.Spec = target.Spec{Namespace: "default"}
	if onward, err := o.pick(context.Background(), o.asker()); err != nil || !onward || len(o.Spec.Names) > 0 {
		t.Errorf("onward %v, %v, %+v", onward, err, o.Spec)
	}
}
