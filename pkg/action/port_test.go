package action

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func TestPort(t *testing.T) {
	always := corev1.ContainerRestartPolicyAlways
	tcp := func(number int32, name string) corev1.ContainerPort {
		return corev1.ContainerPort{ContainerPort: number, Name: name, Protocol: corev1.ProtocolTCP}
	}
	with := func(app, proxy []corev1.ContainerPort) *corev1.Pod {
		p := pod("app", "proxy")
		p.Spec.Containers[0].Ports, p.Spec.Containers[1].Ports = app, proxy
		return p
	}
	annotated := with([]corev1.ContainerPort{tcp(8080, "")}, []corev1.ContainerPort{tcp(15001, "")})
	annotated.Annotations = map[string]string{"kubectl.kubernetes.io/default-container": "proxy"}
	sidecar := pod("app")
	sidecar.Spec.InitContainers = []corev1.Container{
		{Name: "once", Ports: []corev1.ContainerPort{tcp(1, "")}},
		{Name: "side", RestartPolicy: &always, Ports: []corev1.ContainerPort{tcp(9901, "admin")}},
	}
	dns := corev1.ContainerPort{ContainerPort: 53, Protocol: corev1.ProtocolUDP}
	tests := map[string]struct {
		pod    *corev1.Pod
		wanted string
		want   string
	}{
		"first of the default container":         {with([]corev1.ContainerPort{tcp(8080, ""), tcp(8081, "")}, []corev1.ContainerPort{tcp(15001, "")}), "", "8080"},
		"of another when the default has none":   {with(nil, []corev1.ContainerPort{tcp(15001, "")}), "", "15001"},
		"of the annotated container":             {annotated, "", "15001"},
		"no UDP":                                 {with([]corev1.ContainerPort{dns, tcp(8080, "")}, nil), "", "8080"},
		"of a sidecar, not of an init container": {sidecar, "", "9901"},
		"a name":                                 {with(nil, []corev1.ContainerPort{tcp(15001, "admin")}), "admin", "15001"},
		"any number":                             {with(nil, nil), "1234", "1234"},
		"none is declared":                       {with([]corev1.ContainerPort{dns}, nil), "", ""},
		"no such name":                           {with(nil, nil), "admin", ""},
		"zero":                                   {with(nil, nil), "0", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Port(test.pod, test.wanted)
			if got != test.want || (err != nil) != (test.want == "") {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestServicePort(t *testing.T) {
	service := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: "shop"}}
	service.Spec.Ports = []corev1.ServicePort{
		{Name: "http", Port: 80, TargetPort: intstr.FromString("http")},
		{Name: "admin", Port: 81, TargetPort: intstr.FromInt32(9090)},
		{Name: "plain", Port: 82},
		{Name: "lost", Port: 83, TargetPort: intstr.FromString("gone")},
	}
	headless := service.DeepCopy()
	headless.Spec.ClusterIP = corev1.ClusterIPNone
	tests := map[string]struct {
		service *corev1.Service
		wanted  string
		want    string
		wantErr string
	}{
		"the first":            {service: service, want: "8080"},
		"a number":             {service: service, wanted: "81", want: "9090"},
		"a name":               {service: service, wanted: "admin", want: "9090"},
		"no targetPort":        {service: service, wanted: "82", want: "82"},
		"headless":             {service: headless, wanted: "80", want: "80"},
		"unknown number":       {service: service, wanted: "99", wantErr: `service "web" has no port "99" that leads to this pod; its ports are: 80 (http), 81 (admin), 82 (plain), 83 (lost)`},
		"unknown name":         {service: service, wanted: "x", wantErr: `service "web" has no port "x" that leads to this pod; its ports are: 80 (http), 81 (admin), 82 (plain), 83 (lost)`},
		"the pod lacks it":     {service: service, wanted: "lost", wantErr: `service "web" has no port "lost" that leads to this pod; its ports are: 80 (http), 81 (admin), 82 (plain), 83 (lost)`},
		"a service of no port": {service: &corev1.Service{ObjectMeta: service.ObjectMeta}, wantErr: `service "web" has no port "" that leads to this pod; its ports are: <none>`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ServicePort(test.service, serving(), test.wanted)
			if got != test.want || text(err) != test.wantErr {
				t.Errorf("got %q, %v; want %q, %s", got, err, test.want, test.wantErr)
			}
		})
	}
}
