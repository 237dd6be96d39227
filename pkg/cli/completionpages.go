package cli

// viaKubectl is true of every shell. kubectl asks a program of this name on the PATH; krew links no other file of a plugin
// than the plugin itself (krew#812), so that the link has to be made by hand once, and survives upgrades.
const viaKubectl = `For "kubectl podkit", let your shell complete kubectl (see "kubectl completion --help"), and make one link:

	ln -s "$(command -v kubectl-podkit)" "$(dirname "$(command -v kubectl-podkit)")/kubectl_complete-podkit"

The packages for Debian and Fedora bring that link along.`

const completionLong = `Print a script that completes podkit in a shell.

"kubectl podkit" is completed by kubectl itself, which asks a program named kubectl_complete-podkit; podkit is that
program when it is called so. The scripts printed here complete the binary called by its own name, kubectl-podkit.

` + viaKubectl

// loading says for each shell how its script is loaded.
var loading = map[string]string{
	"bash": `It completes kubectl-podkit, and needs the package bash-completion. In this shell:

	source <(kubectl-podkit completion bash)

In every new one:

	mkdir -p ~/.local/share/bash-completion/completions
	kubectl-podkit completion bash > ~/.local/share/bash-completion/completions/kubectl-podkit
`,
	"zsh": `It completes kubectl-podkit. In this shell, after "autoload -U compinit; compinit":

	source <(kubectl-podkit completion zsh)

In every new one:

	kubectl-podkit completion zsh > "${fpath[1]}/_kubectl-podkit"
`,
	"fish": `It completes kubectl-podkit. In this shell:

	kubectl-podkit completion fish | source

In every new one:

	kubectl-podkit completion fish > ~/.config/fish/completions/kubectl-podkit.fish
`,
	"powershell": `It completes kubectl-podkit. In this shell:

	kubectl-podkit completion powershell | Out-String | Invoke-Expression

In every new one: add that line to the file $PROFILE. On Windows a copy stands in for the link below:

	Copy-Item (Get-Command kubectl-podkit).Source (Join-Path (Split-Path (Get-Command kubectl-podkit).Source) kubectl_complete-podkit.exe)
`,
}
