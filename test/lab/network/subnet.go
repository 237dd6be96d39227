package network

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math/bits"
	"net"
	"net/netip"
	"os"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// used is a subnet that the machine uses, and the interface it is on.
type used struct {
	prefix netip.Prefix
	device string
}

// CheckSubnets fails if an interface or a route that is not the lab's has one of the lab's subnets.
func CheckSubnets() error {
	addresses, err := interfaceSubnets()
	if err != nil {
		return err
	}
	f, err := os.Open("/proc/net/route")
	if err != nil {
		return fmt.Errorf("reading routes: %w", err)
	}
	defer f.Close()
	routes, err := parseRoutes(f)
	if err != nil {
		return fmt.Errorf("reading /proc/net/route: %w", err)
	}
	return conflict(append(addresses, routes...), wanted())
}

func wanted() []netip.Prefix {
	prefixes := []netip.Prefix{topology.Services()}
	for _, b := range topology.Bridges() {
		prefixes = append(prefixes, b.Address.Masked())
	}
	return prefixes
}

func conflict(machine []used, lab []netip.Prefix) error {
	for _, u := range machine {
		if strings.HasPrefix(u.device, topology.BridgePrefix) {
			continue
		}
		for _, prefix := range lab {
			if u.prefix.Overlaps(prefix) {
				return fmt.Errorf("the lab needs %s, but the machine has %s on %s; remove it while the lab is up, or run the lab elsewhere",
					prefix, u.prefix, u.device)
			}
		}
	}
	return nil
}

func interfaceSubnets() ([]used, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("listing interfaces: %w", err)
	}
	var found []used
	for _, i := range interfaces {
		addresses, err := i.Addrs()
		if err != nil {
			return nil, fmt.Errorf("listing addresses of %s: %w", i.Name, err)
		}
		for _, a := range addresses {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				found = append(found, used{prefix: prefix.Masked(), device: i.Name})
			}
		}
	}
	return found, nil
}

// parseRoutes reads /proc/net/route, whose addresses are hexadecimal in the machine's byte order. The default route is
// left out: it covers everything and conflicts with nothing.
func parseRoutes(r io.Reader) ([]used, error) {
	var found []used
	lines := bufio.NewScanner(r)
	lines.Scan()
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		const device, destination, mask = 0, 1, 7
		if len(fields) <= mask {
			continue
		}
		address, err := parseHex(fields[destination])
		if err != nil {
			return nil, err
		}
		length, err := parseHex(fields[mask])
		if err != nil {
			return nil, err
		}
		ones := bits.OnesCount32(binary.BigEndian.Uint32(length[:]))
		if ones == 0 {
			continue
		}
		found = append(found, used{prefix: netip.PrefixFrom(netip.AddrFrom4(address), ones), device: fields[device]})
	}
	return found, lines.Err()
}

func parseHex(text string) (address [4]byte, err error) {
	data, err := hex.DecodeString(text)
	if err != nil || len(data) != len(address) {
		return address, fmt.Errorf("%q is no IPv4 address", text)
	}
	binary.NativeEndian.PutUint32(address[:], binary.BigEndian.Uint32(data))
	return address, nil
}
