package repertoire

import (
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// sourced is a pod whose variables come from wherever they can.
func sourced() *corev1.Pod {
	secret := func(name string) *corev1.EnvVarSource {
		return &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: name}, Key: "k"}}
	}
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "shop"},
		Spec: corev1.PodSpec{Containers: []corev1.Container{
			{
				Name: "app",
				EnvFrom: []corev1.EnvFromSource{
					{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "tokens"}}},
					{ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "app"}}},
				},
				Env: []corev1.EnvVar{
					{Name: "MODE", Value: "fast"},
					{Name: "MOTD", Value: "hello\nGREETED=yes\nbye"},
					{Name: "EMPTY"},
					{Name: "db.url", Value: "postgres://app:pa:ss@db:5432/x"},
					{Name: "ADMIN_PASSWORD", Value: "plain-and-secret"},
					{Name: "DATABASE", ValueFrom: secret("db")},
					{Name: "REGION", ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{
						LocalObjectReference: corev1.LocalObjectReference{Name: "place"}, Key: "k",
					}}},
					{Name: "NODE", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "spec.nodeName"}}},
					{Name: "LINK", Value: "https://$(DATABASE)/"},
					{Name: "TWICE", Value: "once"},
					{Name: "TWICE", ValueFrom: secret("db")},
				},
			},
			{Name: "other", Env: []corev1.EnvVar{{Name: "DATABASE", Value: "mine"}}},
		}},
	}
}

// canary is in every value that no test may find.
const canary = "canary"

func TestMask(t *testing.T) {
	tests := map[string]struct {
		command, text, want string
		// container is app if empty.
		container string
	}{
		"nothing":     {command: "env"},
		"plain":       {command: "env", text: "MODE=fast\nEMPTY=\n", want: "MODE=fast\nEMPTY=\n"},
		"another's":   {command: "env", text: "MODE=canary\n", want: "MODE=********\n"},
		"the Pod":     {command: "env", text: "HOSTNAME=web-0\n", want: "HOSTNAME=web-0\n"},
		"no such Pod": {command: "env", text: "HOSTNAME=canary\n", want: "HOSTNAME=********\n"},
		"of a Secret, of several lines": {
			command: "env", text: "MODE=fast\nDATABASE=canary\nsecond-canary\n{\"third\": \"canary\"}\nfourth=canary\ncanary=\nCANARY==\nEMPTY=\n",
			want: "MODE=fast\nDATABASE=********\nEMPTY=\n",
		},
		"of envFrom":     {command: "env", text: "API_URL=canary\ncanary\nMODE=fast\n", want: "API_URL=********\nMODE=fast\n"},
		"of a ConfigMap": {command: "env", text: "REGION=canary\nNODE=canary\n", want: "REGION=********\nNODE=********\n"},
		"of the image":   {command: "env", text: "PATH=/canary\nHOME=/canary\n", want: "PATH=********\nHOME=********\n"},
		"with another's value in it": {
			command: "env", text: "LINK=https://canary/\nTWICE=once\n", want: "LINK=********\nTWICE=********\n",
		},
		"plain, of several lines": {
			command: "env", text: "MOTD=hello\nGREETED=yes\nbye\nMODE=fast\n", want: "MOTD=hello\nGREETED=yes\nbye\nMODE=fast\n",
		},
		"plain at first": {command: "env", text: "MOTD=hello\nGREETED=canary\ncanary\n", want: "MOTD=********\nGREETED=********\n"},
		"plain and cut":  {command: "env", text: "MOTD=hello\n", want: "MOTD=********\n"},
		"plain under a secret's name": {
			command: "env", text: "ADMIN_PASSWORD=plain-and-secret\n", want: "ADMIN_PASSWORD=********\n",
		},
		"a password in a plain URL": {
			command: "env", text: "db.url=postgres://app:pa:ss@db:5432/x\n", want: "db.url=postgres://app:********@db:5432/x\n",
		},
		"in another container":       {command: "env", container: "other", text: "DATABASE=mine\nMODE=canary\n", want: "DATABASE=mine\nMODE=********\n"},
		"in no container":            {command: "env", container: "none", text: "MODE=canary\n", want: "MODE=********\n"},
		"PEM":                        {command: "env", text: "CA=-----BEGIN X-----\nAAAAC3==\nCANARY=\n-----END X-----\nMODE=fast\n", want: "CA=********\nMODE=fast\n"},
		"separated by zeros":         {command: "env -0", text: "MODE=fast\x00DATABASE=canary\nMODE=canary\x00lower=canary\x00", want: "MODE=fast\nDATABASE=********\nlower=********\n"},
		"several plain lines, zeros": {command: "cat /proc/1/environ", text: "MOTD=hello\nGREETED=yes\nbye\x00EMPTY=\x00", want: "MOTD=hello\nGREETED=yes\nbye\nEMPTY=\n"},
		"printenv":                   {command: "/usr/bin/printenv", text: "MODE=fast\nDATABASE=canary\ncanary\n", want: "MODE=fast\nDATABASE=********\n"},
		"printenv, plain":            {command: "printenv MODE", text: "fast\n", want: "fast\n"},
		"printenv, another's":        {command: "printenv DATABASE", text: "canary\nMODE=canary\n", want: "********\n"},
		"printenv, not as set":       {command: "printenv MODE", text: "canary\n", want: "********\n"},
		"printenv, several":          {command: "printenv MODE DATABASE", text: "fast\ncanary\n", want: "********\n"},
		"printenv, zeros":            {command: "printenv -0 MODE", text: "canary\x00", want: "********\n"},
		"set":                        {command: "sh -c set", text: "MODE='fast'\nDATABASE='canary'\nIFS=' \n'\n", want: "MODE=fast\nDATABASE=********\nIFS=********\n"},
		"export":                     {command: "sh -c export -p", text: "export MODE='fast'\nexport DATABASE='canary'\n", want: "export MODE=fast\nexport DATABASE=********\n"},
		"declare": {
			command: "bash -c declare -x; true", text: "declare -x MODE=\"fast\"\ndeclare -x DATABASE=\"canary\ncanary\"\n", want: "declare -x MODE=fast\ndeclare -x DATABASE=********\n",
		},
		"sorted":             {command: "sh -c env|sort", text: "DATABASE=canary\nMODE=fast\ncanary\n", want: "DATABASE=********\nMODE=fast\n"},
		"of a program":       {command: "node -p process.env", text: "{\n  DATABASE: 'canary',\n}\n", want: "********\n"},
		"of another program": {command: "python3 -c import os;print(os.environ)", text: "environ({'DATABASE': 'canary'})\n", want: "********\n"},
		"under another name": {
			command: "/app/show", text: "KUBERNETES_SERVICE_HOST=10.96.0.1\nDATABASE=canary\ncanary\nMODE=fast\n",
			want: "KUBERNETES_SERVICE_HOST=********\nDATABASE=********\nMODE=fast\n",
		},

		// Any other command's output is left as it is, but for what is known.
		"a listing":             {command: "ls /opt/environment", text: "bin\nlib\nA=b\n", want: "bin\nlib\nA=b\n"},
		"a file of settings":    {command: "cat /etc/os-release", text: "NAME=\"Alpine\"\nID=alpine\n", want: "NAME=\"Alpine\"\nID=alpine\n"},
		"arguments":             {command: "cat /proc/1/cmdline", text: "node\x00server.js\x00", want: "node\x00server.js\x00"},
		"settings of a shell":   {command: "sh -c set -e; ls", text: "bin\n", want: "bin\n"},
		"known, in a file":      {command: "cat /app/.settings", text: "# it\n DATABASE=canary\ncanary\nMODE=slow\n", want: "# it\n DATABASE=********\nMODE=slow\n"},
		"known, within a line":  {command: "/app/check", text: "using DATABASE=canary now\nDATABASE: canary\n{'DATABASE': 'canary'}\nspring.DATABASE=canary\nfine\n", want: "using DATABASE=********\nDATABASE: ********\n{'DATABASE': ********\nspring.DATABASE=********\nfine\n"},
		"by the name":           {command: "cat /x", text: "API_TOKEN=a\nDB_PWD=c\nMYSQL_PASS=d\nAWS_ACCESS_KEY_ID=f\nnpm_config_authToken=a", want: "API_TOKEN=********\nDB_PWD=********\nMYSQL_PASS=********\nAWS_ACCESS_KEY_ID=********\nnpm_config_authToken=********"},
		"a directory":           {command: "cat /x", text: "PWD=/app\nOLDPWD=/\n", want: "PWD=/app\nOLDPWD=/\n"},
		"in a URL":              {command: "cat /x", text: "DATABASE_URL=postgres://app:pa:ss@db:5432/x", want: "DATABASE_URL=postgres://app:********@db:5432/x"},
		"a URL without one":     {command: "cat /x", text: "PROXY=http://proxy:3128/a@b", want: "PROXY=http://proxy:3128/a@b"},
		"over several lines":    {command: "cat /x", text: "TOKEN=a\nb\nc d\nHOME=/", want: "TOKEN=********\nHOME=/"},
		"several harmless ones": {command: "cat /x", text: "MOTD=a\nb\nHOME=/", want: "MOTD=a\nb\nHOME=/"},
		"a PEM block under any name": {
			command: "cat /x", text: "CA=-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAAAAC3==\nQy=\n-----END RSA PRIVATE KEY-----\nHOME=/", want: "CA=********\nHOME=/",
		},
		"a PEM block on a single line": {command: "cat /x", text: "X=-----BEGIN CERTIFICATE----- MII -----END CERTIFICATE-----\nHOME=/", want: "X=********\nHOME=/"},
		"a key of its own": {
			command: "cat /x", text: "begin\n-----BEGIN EC PRIVATE KEY-----\ncanary==\n-----END EC PRIVATE KEY-----\nend\n", want: "begin\n********\nend\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			container := test.container
			if container == "" {
				container = "app"
			}
			command := strings.Fields(test.command)
			if command[0] == "sh" || command[0] == "bash" || command[0] == "python3" {
				command = []string{command[0], command[1], strings.Join(command[2:], " ")}
			}
			got := environmentOf(sourced(), container).mask(test.text, command)
			if got.text != test.want {
				t.Errorf("got %q, want %q", got.text, test.want)
			}
			if strings.Contains(strings.ToLower(got.text), canary) {
				t.Errorf("%q holds what is not to be shown", got.text)
			}
		})
	}
}

// What a program complains of is shown, without values.
func TestMaskOfComplaints(t *testing.T) {
	e := environmentOf(sourced(), "app")
	for text, want := range map[string]string{
		"env: can't execute 'x': No such file": "env: can't execute 'x': No such file",
		"DATABASE=canary\ncanary\nMODE=fast":   "DATABASE=********\nMODE=fast",
		"PATH=canary":                          "PATH=********",
	} {
		if got, _ := e.maskWords(text, true); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSources(t *testing.T) {
	secrets, configMaps := environmentOf(sourced(), "app").sources()
	if !slices.Equal(secrets, []string{"db", "tokens"}) || !slices.Equal(configMaps, []string{"app", "place"}) {
		t.Errorf("got Secrets %v and ConfigMaps %v", secrets, configMaps)
	}
	if secrets, configMaps = environmentOf(sourced(), "other").sources(); len(secrets)+len(configMaps) > 0 {
		t.Errorf("got Secrets %v and ConfigMaps %v of a container without any", secrets, configMaps)
	}
}
