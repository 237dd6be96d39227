package image

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tellUnreachable tells of a registry, or of a server that it sends its clients to, to which no request gets through.
func tellUnreachable(c *diagnosis.Case, failed failure) diagnosis.Finding {
	found := peerOf(failed.Text, failed.Image.registry)
	finding := diagnosis.Finding{Form: failed.Form, Args: peerArgs(failed, found)}
	finding.Args["Status"] = httpStatus(failed.Text, failed.Written)
	if failed.Form == formNoSuchHost {
		finding.Remedies = append(finding.Remedies, changeImage(c, failed, anyImage))
	}
	finding.Remedies = append(finding.Remedies, tryFromNode(c, failed, found), seeNeighbours(c))
	return finding
}

// tellTLS tells of a registry with whose certificate, or lack of one, the node does not agree.
func tellTLS(c *diagnosis.Case, failed failure) diagnosis.Finding {
	found := peerOf(failed.Text, failed.Image.registry)
	finding := diagnosis.Finding{Form: failed.Form, Args: peerArgs(failed, found)}
	finding.Args["Detail"] = certificateError(failed.Text)
	repair := diagnosis.Advice("remedy.image.trust-registry", message.Args{"Host": found.host})
	switch failed.Form {
	case formPlainHTTP:
		repair = diagnosis.Advice("remedy.image.allow-http", message.Args{"Host": found.host})
	case "expired", "wrong-name":
		repair = diagnosis.Advice("remedy.image.renew-certificate", message.Args{"Host": found.host})
	}
	finding.Remedies = []diagnosis.Remedy{repair, tryFromNode(c, failed, found)}
	return finding
}

func peerArgs(failed failure, found peer) message.Args {
	other := ""
	if found.host != failed.Image.registry {
		other = failed.Image.registry
	}
	return message.Args{"Host": found.host, "Address": found.address, "Proxy": found.proxy, "For": other}
}

// certificateError is the part of an error that says what is wrong with the certificate.
func certificateError(text string) string {
	if at := strings.LastIndex(text, "x509: "); at >= 0 {
		return text[at+len("x509: "):]
	}
	if at := strings.LastIndex(text, "tls: "); at >= 0 {
		return text[at+len("tls: "):]
	}
	return ""
}

// tryFromNode has the same request made by hand on the node, where the pull takes place.
func tryFromNode(c *diagnosis.Case, failed failure, found peer) diagnosis.Remedy {
	host, proxy := found.host, ""
	if found.proxy {
		host, proxy = failed.Image.registry, found.host
	}
	if host == dockerHub {
		host = "registry-1.docker.io"
	}
	scheme := "https"
	if strings.Contains(failed.Text, "http://"+host) {
		scheme = "http"
	}
	remedy := diagnosis.Advice("remedy.image.try-registry", message.Args{"Node": c.Pod.Spec.NodeName, "URL": scheme + "://" + host + "/v2/", "Proxy": proxy})
	remedy.Effect = diagnosis.ReadOnly
	return remedy
}

// seeNeighbours shows whether other pods of the node pull.
func seeNeighbours(c *diagnosis.Case) diagnosis.Remedy {
	node := c.Pod.Spec.NodeName
	return c.Look("remedy.image.see-neighbours", message.Args{"Node": node}, "get pods -A -o wide --field-selector=spec.nodeName=%s", node)
}
