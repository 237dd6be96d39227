package signature

import "strings"

const inUse = "log-address-in-use"

var addresses = []signature{
	sign(inUse, "address already in use", `listen (?:tcp|udp|unix)\w* (?P<Address>\S+): bind: address already in use`),
	sign(inUse, "eaddrinuse", `EADDRINUSE: address already in use (?P<Address>\S+)`),
	sign(inUse, "already in use", `(?i:\bPort (?P<Port>\d+) (?:was|is) already in use)`).when(port),
	sign(inUse, "address already in use", `bind on address \('(?P<Host>[^']+)', (?P<Port>\d+)\S*\)?.*address already in use`).when(port),
	sign(inUse, "in use", `Connection in use: \('(?P<Host>[^']+)', (?P<Port>\d+)\)`).when(port),
	sign(inUse, "in use", `bind\(\) to (?P<Address>\S+) failed \(98: Address (?:already )?in use\)`),
	sign(inUse, "already in use", `Failed to bind to address (?P<Address>\S+): address already in use`),
	sign(inUse, "already in use", `Address already in use - bind\(2\) for "?(?P<Host>[^"\s]+)"? port (?P<Port>\d+)`).when(port),
	sign(inUse, "already in use", `could not bind to address (?P<Address>\S+)`),
	sign(inUse, "already in use", `(?i)(?:bind|listen)\w*[^\n]{0,60}?(?P<Address>[\w.\[\]*]*:\d+)[^\n]{0,30}address (?:already )?in use`),
	sign(inUse, "already in use|addrinuse|errno 98", `BindException: Address already in use|\[Errno 98\]|AddrInUse|: [Aa]ddress already in use`),
	sign(inUse, "already in use", `(?i)address already in use`).said(),
}

func port(_ link, args map[string]string) bool {
	args["Address"] = args["Host"] + ":" + args["Port"]
	delete(args, "Host")
	delete(args, "Port")
	return true
}

const unresolved = "log-dns-failed"

const nameUnknown = `(?:[Nn]ame or service not known|[Nn]ame does not resolve|[Tt]emporary failure in name resolution|[Nn]o address associated with hostname|nodename nor servname provided|Try again)`

var names = []signature{
	sign(unresolved, "lookup ", `lookup (?P<Name>[^\s:]+)(?: on \S+)?: (?:no such host|server misbehaving|i/o timeout|read udp|dial udp|Temporary failure|Try again|connection refused)`),
	sign(unresolved, "getaddrinfo", `getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?P<Name>[^\s'":,]+)`),
	sign(unresolved, "translate host name", `could not translate host name "(?P<Name>[^"]+)" to address`),
	sign(unresolved, "failed to resolve", `Failed to resolve '(?P<Name>[^']+)'`),
	sign(unresolved, "known|resolution|resolve", `ConnectionPool\(host='(?P<Name>[^']+)'.*`+nameUnknown),
	sign(unresolved, "unknownhostexception", `UnknownHostException: (?P<Name>[^\s:]+)`),
	sign(unresolved, "unknown mysql server host|unknown server host", `Unknown (?:MySQL )?server host '(?P<Name>[^']+)'`),
	sign(unresolved, "could not resolve", `(?i:could not resolve (?:host|proxy|address)s?:? )['"]?(?P<Name>[\w.\-]+)`),
	sign(unresolved, "unable to resolve host", `(?i:unable to resolve host(?: address)?) ['"‘“]?(?P<Name>[\w.\-]+)`),
	sign(unresolved, "bad address", `(?:wget|nc|ping|telnet): bad address '(?P<Name>[^':]+)`),
	sign(unresolved, "getaddrinfo for host", `getaddrinfo for host "(?P<Name>[^"]+)"`),
	sign(unresolved, "can't find|can't resolve", `(?:server can't find|nslookup: can't resolve) '?(?P<Name>[\w.\-]+)`),
	sign(unresolved, "host not found in upstream", `host not found in (?:upstream|resolver) "(?P<Name>[^":]+)`),
	sign(unresolved, "getaddrinfo for|php_network_getaddresses", `getaddrinfo (?:for (?P<Name>\S+) )?failed: `+nameUnknown),
	sign(unresolved, "known|resource temporarily unavailable", `(?:`+nameUnknown+`|Resource temporarily unavailable) \((?P<Name>[\w.\-]+):\d+\)`),
	sign(unresolved, "known|resolution|errno -", `(?P<Name>[\w.\-]+):\d+: \[Errno -\d\] `),
	sign(unresolved, "connecting to", `connecting to (?P<Name>[\w.\-]+):\d+\. `+nameUnknown),
	sign(unresolved, "known|resolution|resolve|hostname", `(?:ssh|psql|mysql|redis-cli|mongosh?|curl|nc|ping|wget|host): [^\n]*?(?P<Name>[a-z][\w.\-]+)(?: port \d+)?:? `+nameUnknown),
	sign(unresolved, "hostname not known", `Hostname not known: (?P<Name>[\w.\-]+)`),
	sign(unresolved, "no such host is known", `No such host is known\.? \((?P<Name>[^:)]+)`),
	sign(unresolved, "known|resolution|errno -|lookup address|no such host|nxdomain|hostname", `(?:\[Errno -\d\]|gaierror|SocketError|lookup address information|getaddrinfo|dial \w+|nxdomain)[^\n]*(?:`+nameUnknown+`|no such host|nxdomain)`),
	sign(unresolved, "known|resolution|no such host|hostname|enotfound", nameUnknown+`|[Nn]o such host|\bENOTFOUND\b`).said().when(notPackage),
}

// notPackage leaves out ENOTFOUND of a package registry's tools, which is about a package.
func notPackage(l link, _ map[string]string) bool { return !strings.Contains(l.message, "package") }

const refused = "log-connection-refused"

var refusals = []signature{
	sign(refused, "connection refused", `host=(?P<Host>[^\s`+"`"+`]+)[^\n]*dial \w+ (?P<Peer>\S+): connect: connection refused`),
	sign(refused, "connection refused", `(?:Get|Post|Put|Head|Delete|Patch|Options) \\*"[a-z]+://(?P<Peer>[^/"\\?]+)[^"]*\\*": dial \w+ \S+ connect: connection refused`),
	sign(refused, "connection refused", `dial \w+ (?P<Peer>\S+): connect: connection refused`),
	sign(refused, "econnrefused", `connect ECONNREFUSED (?P<Peer>\S+)`),
	sign(refused, "connection refused", `connection to server at "(?P<Host>[^"]+)"(?: \([^)]*\))?, port (?P<Port>\d+) failed: Connection refused`),
	sign(refused, "could not connect to server", `(?s)could not connect to server: Connection refused.{0,80}host "(?P<Host>[^"]+)".{0,80}port (?P<Port>\d+)`),
	sign(refused, "error 111 connecting", `Error 111 connecting to (?P<Peer>\S+?)\. Connection refused`),
	sign(refused, "connection refused", `ConnectionPool\(host='(?P<Host>[^']+)', port=(?P<Port>\d+)\).*Connection refused`),
	sign(refused, "errno 111", `(?P<Peer>[\w.\-]+:\d+): \[Errno 111\] Connection refused`),
	sign(refused, "can't connect to", `Can't connect to (?:MySQL |MariaDB )?server on '(?P<Host>[^':]+)(?::(?P<Port>\d+))?' \((?:\[Errno )?111`),
	sign(refused, "connect call failed", `Connect call failed \('(?P<Host>[^']+)', (?P<Port>\d+)`),
	sign(refused, "refused", `Connection to (?P<Peer>\S+:\d+) refused`),
	sign(refused, "connection refused", `Connection refused: (?:/|)(?P<Peer>[\w.\-]+(?:/[\w.:]+)?:\d+)`),
	sign(refused, "could not be established", `Connection to node -?\d+ \((?P<Peer>\S+)\) could not be established`),
	sign(refused, "connection refused", `Connection refused - connect\(2\) for "?(?P<Host>[\w.:\-]+)"? port (?P<Port>\d+)`),
	sign(refused, "connection refused", `Connection refused [(\[](?:\w+://)?(?P<Peer>[\w.\-]+:\d+)`),
	sign(refused, "connection refused", `nc: connect to (?P<Host>\S+)(?: \([^)]*\))? port (?P<Port>\d+)(?: \([^)]*\))? failed: Connection refused`),
	sign(refused, "connection refused", `nc: (?P<Host>[\w.\-]+) \((?P<Peer>[\w.:]+)\): Connection refused`),
	sign(refused, "connection refused", `remote host \((?P<Peer>[\d.]+)\): Connection refused`),
	sign(refused, "failed to connect to", `Failed to connect to (?P<Host>\S+) port (?P<Port>\d+)[^\n]*?(?:Connection refused|[Cc]ouldn't connect|[Cc]ould not connect)`),
	sign(refused, "connection refused", `(?i:(?:could not|cannot|can't|failed to|unable to) (?:connect|dial|reach)\w* (?:to )?(?:\w+ at |remote host \(|\w+ on )?)(?:\w+://)?(?P<Peer>[\w.\-]+:\d+)[^\n]{0,60}?[Cc]onnection refused`),
	sign(refused, "connection refused", `upstream: "\w+://(?P<Peer>[^/"]+)`),
	sign(refused, "connection refused", `(?P<Peer>[a-z][\w.\-]*:\d{2,5})\)?: (?:[\w ]{0,30}: )?[Cc]onnection refused`),
	sign(refused, "refused", `(?:^|[:\]>] ?)Connection refused(?:$|\s\(os error|\s\(Connection refused|\n)|ConnectionRefused\b|ECONNREFUSED|: connection refused$|\[2002\] Connection refused|SocketException \(111\)`),
	sign(refused, "connection refused", `(?i)connection refused`).said(),
}

const silent = "log-timeout"

var timeouts = []signature{
	sign(silent, "no route to host|unreachable|ehostunreach|enetunreach", `dial \w+ (?P<Peer>\S+): connect: (?:no route to host|network is unreachable|host is unreachable)`).as("unreachable"),
	sign(silent, "ehostunreach|enetunreach", `connect (?:EHOSTUNREACH|ENETUNREACH) (?P<Peer>\S+)`).as("unreachable"),
	sign(silent, "no route to host|unreachable", `(?i:connection to server at) "(?P<Host>[^"]+)"(?: \([^)]*\))?, port (?P<Port>\d+) failed: (?:No route to host|Network is unreachable)`).as("unreachable"),
	sign(silent, "no route to host|unreachable", `(?:^|[:\]] ?)(?:No route to host|Network is unreachable)|: (?:no route to host|network is unreachable)`).as("unreachable"),
	sign(silent, "timeout|timed out|deadline", `(?:Get|Post|Put|Head|Delete|Patch) \\*"[a-z]+://(?P<Peer>[^/"\\?]+)[^"]*\\*": .*(?:i/o timeout|timed out|deadline exceeded|TLS handshake timeout)`),
	sign(silent, "timeout|timed out", `host=(?P<Host>[^\s`+"`"+`]+)[^\n]*dial \w+ (?P<Peer>\S+): (?:i/o timeout|connect: connection timed out)`),
	sign(silent, "timeout|timed out|deadline", `dial \w+ (?P<Peer>\S+): (?:i/o timeout|connect: connection timed out|context deadline exceeded)`),
	sign(silent, "etimedout", `connect ETIMEDOUT (?P<Peer>\S+)`),
	sign(silent, "timed out|timeout expired", `connection to server at "(?P<Host>[^"]+)"(?: \([^)]*\))?, port (?P<Port>\d+) failed: (?:Connection timed out|timeout expired)`),
	sign(silent, "timed out", `ConnectionPool\(host='(?P<Host>[^']+)', port=(?P<Port>\d+)\).*(?:timed out|Timeout)`),
	sign(silent, "timeout|timed out", `(?i:connection timed out|connect timed out|timeout)(?: connecting to|:| after \d+ ?ms:?) (?:\w+://|/|)(?P<Peer>[\w.\-]+(?:/[\d.]+)?:\d+)`),
	sign(silent, "timed out|timeout", `Failed to connect to (?P<Host>\S+) port (?P<Port>\d+)[^\n]*(?:timed out|Timeout)`),
	sign(silent, "timed out", `Can't connect to (?:MySQL |MariaDB )?server on '(?P<Host>[^':]+)(?::(?P<Port>\d+))?' \((?:\[Errno )?110`),
	sign(silent, "timed out", `nc: (?:connect to )?(?P<Host>[\w.\-]+)(?: \([^)]*\))?(?: port (?P<Port>\d+))?[^\n]*timed out`),
	sign(silent, "timed out", `(?i:(?:could not|cannot|failed to|unable to) (?:connect|dial|reach)\w* (?:to )?)(?:\w+://)?(?P<Peer>[\w.\-]+:\d+)[^\n]{0,60}?(?i:timed out|timeout)`),
	sign(silent, "request timed out", `(?P<Name>[\w\-]+) - Connection is not available, request timed out after`).as("pool"),
	sign(silent, "timed out|timeout|deadline", `SocketTimeoutException|ConnectTimeoutException|ConnectException: Connection timed out|\[Errno 110\]|ETIMEDOUT|ESOCKETTIMEDOUT|\[2002\] (?:Connection timed out|Operation timed out)|: i/o timeout|ServerSelectionTimeoutError|: Connection timed out|SocketException \(110\)`),
	sign(silent, "timed out|timeout|deadline", `(?i)context deadline exceeded|(?:connection|connect|read|operation|request) timed out|(?:Connection|Connect|Read)Timeout|timed out (?:waiting for|connecting to)|TimeoutError`).said(),
}
