package cluster

import (
	"cmp"
	"path/filepath"

	"k8s.io/cli-runtime/pkg/genericclioptions"
)

// Located is where the flags and the kubeconfig lead.
type Located struct {
	// Files are the kubeconfig files that were read, as KUBECONFIG or --kubeconfig names them.
	Files []string
	// Context, User and Namespace are what was chosen in them.
	Context, User, Namespace string
	// Server is the URL of the API server.
	Server string
}

// Locate reads where the flags and the kubeconfig lead; it contacts no server.
func Locate(getter genericclioptions.RESTClientGetter) (Located, error) {
	loader := getter.ToRawKubeConfigLoader()
	located := Located{Files: loader.ConfigAccess().GetLoadingPrecedence()}
	if explicit := loader.ConfigAccess().GetExplicitFile(); explicit != "" {
		located.Files = []string{explicit}
	}
	for i, file := range located.Files {
		located.Files[i] = filepath.Clean(file)
	}
	raw, err := loader.RawConfig()
	if err != nil {
		return located, explainConfig(err)
	}
	located.Context = raw.CurrentContext
	if flags, ok := getter.(*genericclioptions.ConfigFlags); ok && flags.Context != nil {
		located.Context = cmp.Or(*flags.Context, located.Context)
	}
	if context := raw.Contexts[located.Context]; context != nil {
		located.User = context.AuthInfo
	}
	if located.Namespace, err = Namespace(getter); err != nil {
		return located, err
	}
	config, err := getter.ToRESTConfig()
	if err != nil {
		return located, explainConfig(err)
	}
	located.Server = config.Host
	return located, configured(getter, config)
}
