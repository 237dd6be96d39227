package image

import "testing"

// The texts are what runtimes have said of pulls: containerd 1.6 to 2.x, CRI-O 1.17 to 1.34, Docker 18 to 28.
func TestClassify(t *testing.T) {
	tests := map[string]struct {
		text, image, cause, form string
	}{
		"containerd, not found":            {`failed to resolve reference "127.0.0.1:5010/a/b:1": 127.0.0.1:5010/a/b:1: not found`, "127.0.0.1:5010/a/b:1", notFoundID, ""},
		"CRI-O, manifest unknown":          {`reading manifest 1.63 in quay.io/a/b: manifest unknown`, "quay.io/a/b:1.63", notFoundID, ""},
		"Docker, manifest unknown":         {`Error response from daemon: manifest for nginx:1.72 not found: manifest unknown: manifest unknown`, "nginx:1.72", notFoundID, ""},
		"a registry without the name":      {`reading manifest 1 in reg.example.com/a/b: name unknown: repository name not known to registry`, "reg.example.com/a/b:1", notFoundID, "repository"},
		"ECR without the repository":       {`unexpected status: name unknown: The repository with name 'a/b' does not exist in the registry with id '123'`, "x", notFoundID, "repository"},
		"a layer is missing":               {`failed to copy: httpReadSeeker: failed open: content at https://reg.example.com/v2/a/b/blobs/sha256:ab not found: not found`, "reg.example.com/a/b:1", notFoundID, formLayer},
		"the node's own store is broken":   {`failed to get reader from content store: content digest sha256:ab: not found`, "a/b:1", "", ""},
		"no helper on the node":            {`error getting credentials - err: exec: "docker-credential-ecr-login": executable file not found in $PATH`, "a/b:1", "", ""},
		"401":                              {`pulling from host h failed with status code [manifests 1.36]: 401 Unauthorized`, "a/b:1", unauthorizedID, ""},
		"403 while fetching a token":       {`failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token?scope=x: 403 Forbidden`, "ghcr.io/a/b:1", unauthorizedID, ""},
		"CRI-O, wrong password":            {`unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password`, "a/b:1", unauthorizedID, ""},
		"GitHub":                           {`Error response from daemon: Head "https://ghcr.io/v2/a/b/manifests/1": denied: denied`, "ghcr.io/a/b:1", unauthorizedID, ""},
		"Docker Hub, containerd":           {`failed to resolve reference "docker.io/a/b:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`, "a/b:1", unauthorizedID, formEither},
		"ECR, no login":                    {`Error response from daemon: Get https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/a/manifests/1: no basic auth credentials`, "x", unauthorizedID, ""},
		"denied by the node's own disk":    {`failed to extract layer sha256:ab: mount /var/lib/x: permission denied: unknown`, "a/b:1", "", ""},
		"limited while fetching a token":   {`failed to authorize: failed to fetch anonymous token: unexpected status: 429 Too Many Requests`, "a/b:1", rateLimitedID, ""},
		"CRI-O, limited":                   {`Error reading manifest v3 in docker.io/a/b: toomanyrequests: You have reached your pull rate limit.`, "docker.io/a/b:v3", rateLimitedID, ""},
		"the tag 429":                      {`reading manifest 429 in quay.io/a/b: manifest unknown`, "quay.io/a/b:429", notFoundID, ""},
		"an image called unauthorized":     {`failed to resolve reference "docker.io/shop/unauthorized:1": docker.io/shop/unauthorized:1: not found`, "shop/unauthorized:1", notFoundID, ""},
		"a bare image called so":           {`manifest for no-such-host:x509 not found: manifest unknown`, "no-such-host:x509", notFoundID, ""},
		"no such host":                     {`dial tcp: lookup reg.example.com on 10.0.0.2:53: no such host`, "reg.example.com/a:1", unreachableID, formNoSuchHost},
		"the DNS server is silent":         {`dial tcp: lookup auth.docker.io on 127.0.0.11:53: read udp 127.0.0.1:44688->127.0.0.11:53: i/o timeout`, "a/b:1", unreachableID, formDNS},
		"the DNS server refuses":           {`dial tcp: lookup reg.example.com on 10.0.0.2:53: read udp 1.1.1.1:1->10.0.0.2:53: read: connection refused`, "a/b:1", unreachableID, formDNS},
		"refused":                          {`Head "http://127.0.0.1:5019/v2/a/manifests/1": dial tcp 127.0.0.1:5019: connect: connection refused`, "a/b:1", unreachableID, "refused"},
		"no route":                         {`dial tcp 10.1.2.3:443: connect: no route to host`, "a/b:1", unreachableID, "no-route"},
		"time-out of a handshake":          {`Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout`, "a/b:1", unreachableID, "timeout"},
		"Docker, time-out":                 {`Get https://registry-1.docker.io/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`, "a/b:1", unreachableID, "timeout"},
		"broken off":                       {`failed to do request: Head "https://reg.example.com/v2/a/manifests/1": EOF`, "a/b:1", unreachableID, "broken"},
		"502":                              {`received unexpected HTTP status: 502 Bad Gateway`, "a/b:1", unreachableID, "status"},
		"CRI-O, 503":                       {`pinging container registry reg.example.com: StatusCode: 503, invalid status code from registry 503 (Service Unavailable)`, "a/b:1", unreachableID, "status"},
		"unavailable and no more":          {`image pull failed for a/b:1 because the registry is unavailable`, "a/b:1", unreachableID, ""},
		"unknown authority":                {`Head "https://127.0.0.1:5013/v2/": x509: certificate signed by unknown authority`, "a/b:1", tlsID, "unknown-authority"},
		"expired":                          {`tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T17:49:20Z is after 2026-01-01T00:00:00Z`, "a/b:1", tlsID, "expired"},
		"another name":                     {`x509: certificate is valid for a.example.com, not b.example.com`, "a/b:1", tlsID, "wrong-name"},
		"an address without a name":        {`x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs`, "a/b:1", tlsID, "wrong-name"},
		"HTTP for HTTPS":                   {`http: server gave HTTP response to HTTPS client`, "a/b:1", tlsID, formPlainHTTP},
		"an alert":                         {`remote error: tls: handshake failure`, "a/b:1", tlsID, ""},
		"containerd, platform":             {`failed to pull and unpack image "a/b:1": no match for platform in manifest: not found`, "a/b:1", platformID, ""},
		"Docker, platform":                 {`no matching manifest for linux/arm64/v8 in the manifest list entries`, "a/b:1", platformID, ""},
		"CRI-O, platform":                  {`Error choosing image instance: no image found in manifest list for architecture arm64, variant v8, OS linux`, "a/b:1", platformID, ""},
		"Windows on Linux":                 {`image operating system "windows" cannot be used on this platform`, "a/b:1", platformID, ""},
		"full while unpacking":             {`failed to register layer: Error processing tar file(exit status 1): write /a.rpm: no space left on device`, "a/b:1", noSpaceID, ""},
		"the kubelet's own limit":          {`pull QPS exceeded`, "a/b:1", rateLimitedID, formKubelet},
		"CRI-O, short name":                {`short-name resolution enforced but cannot prompt without a TTY`, "nginx", invalidNameID, formShortName},
		"a signature that does not verify": {`image pull failed for a/b:1 because the signature validation failed`, "a/b:1", "", ""},
		"nothing said":                     {"", "a/b:1", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cause, form := classify(test.text, test.image)
			if cause != test.cause || form != test.form {
				t.Errorf("got %q %q, want %q %q", cause, form, test.cause, test.form)
			}
		})
	}
}
