package cluster

import "k8s.io/cli-runtime/pkg/genericclioptions"

// Namespace returns the namespace that the flags and the kubeconfig's context name; it contacts no server.
func Namespace(getter genericclioptions.RESTClientGetter) (string, error) {
	namespace, _, err := getter.ToRawKubeConfigLoader().Namespace()
	if err != nil {
		return "", explainConfig(err)
	}
	return namespace, nil
}
