package debian

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// policyFile is the script that Debian's packages ask before they start a service (invoke-rc.d(8)); 101 is "no".
const policyFile = "/usr/sbin/policy-rc.d"

const refusal = "#!/bin/sh\n# Written by podkit's lab while it installs packages; safe to delete.\nexit 101\n"

// forbidServices puts a refusing policy in place and returns what puts the former state back. A former policy waits
// beside it under another name, so that a run that was killed is undone by the next one.
func forbidServices(file string) (restore func() error, err error) {
	aside := file + ".before-podkit-lab"
	if _, err := os.Stat(aside); errors.Is(err, fs.ErrNotExist) {
		if err := setAside(file, aside); err != nil {
			return nil, fmt.Errorf("keeping packages from starting services: %w", err)
		}
	}
	if err := os.WriteFile(file, []byte(refusal), 0o755); err != nil {
		return nil, fmt.Errorf("keeping packages from starting services: %w", err)
	}
	return func() error {
		err := os.Rename(aside, file)
		if errors.Is(err, fs.ErrNotExist) {
			err = os.Remove(file)
		}
		if err != nil {
			return fmt.Errorf("putting %s back: %w", file, err)
		}
		return nil
	}, nil
}

// setAside renames the machine's own policy. One that the lab wrote in a killed run is no policy of the machine.
func setAside(file, aside string) error {
	current, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || string(current) == refusal {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Rename(file, aside)
}
