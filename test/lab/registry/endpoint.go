package registry

// Addresses of the registries, as image references spell them. They are fixed,
// since manifests name them; they are not 5000, which other registries like to take.
const (
	// OpenAddress serves to everyone, over HTTP. It takes pushes as well.
	OpenAddress = "127.0.0.1:5010"
	// AuthAddress serves over HTTP to [User] with [Password] and answers 401 to others.
	AuthAddress = "127.0.0.1:5011"
	// LimitedAddress answers 429 to everything, over HTTP, as a registry does
	// whose pull rate is used up.
	LimitedAddress = "127.0.0.1:5012"
	// UntrustedAddress serves over HTTPS with a certificate of a CA that no
	// client knows. The CA's certificate is StateDir/ca.crt.
	UntrustedAddress = "127.0.0.1:5013"
	// SilentAddress is where nothing ever listens: connections are refused.
	SilentAddress = "127.0.0.1:5019"
)

// Credentials of the registry at [AuthAddress]. They guard nothing: they are here
// for pull secrets in the lab.
const (
	User     = "podkit"
	Password = "lab-password"
)

// Kind is how an endpoint treats a client.
type Kind string

// The kinds of endpoint. Each has one, at the address of the same name.
const (
	Open      Kind = "open"
	Auth      Kind = "auth"
	Limited   Kind = "limited"
	Untrusted Kind = "untrusted"
)

// Endpoint is one address that a registry listens on.
type Endpoint struct {
	Kind Kind
	// Address is host:port. Port 0 asks for any free one.
	Address string
}

// URL is what a client opens, without a trailing slash.
func (e Endpoint) URL() string {
	if e.Kind == Untrusted {
		return "https://" + e.Address
	}
	return "http://" + e.Address
}

// Endpoints lists the lab's registries.
func Endpoints() []Endpoint {
	return []Endpoint{
		{Kind: Open, Address: OpenAddress},
		{Kind: Auth, Address: AuthAddress},
		{Kind: Limited, Address: LimitedAddress},
		{Kind: Untrusted, Address: UntrustedAddress},
	}
}
