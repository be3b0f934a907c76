// Stands in for ssh.exe and ssh-keygen.exe, which Windows has and Wine has not: as much of them as podman machine asks for.
// The name of the program decides which of the two it is.
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"
)

// OpenSSH's exit code for its own errors.
const failed = 255

func main() {
	var err error
	if strings.HasPrefix(strings.ToLower(filepath.Base(os.Args[0])), "ssh-keygen") {
		err = keygen(os.Args[1:])
	} else {
		err = connect(os.Args[1:])
	}
	var exit *ssh.ExitError
	if errors.As(err, &exit) {
		os.Exit(exit.ExitStatus())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(failed)
	}
}

// keygen writes an Ed25519 key without a passphrase: ssh-keygen -N "" -t ed25519 -f FILE.
func keygen(args []string) error {
	flags := flag.NewFlagSet("ssh-keygen", flag.ContinueOnError)
	file := flags.String("f", "", "file of the key")
	kind := flags.String("t", "ed25519", "kind of the key")
	passphrase := flags.String("N", "", "passphrase")
	comment := flags.String("C", "", "comment")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" || *kind != "ed25519" || *passphrase != "" {
		return fmt.Errorf("ssh-keygen of the tests makes Ed25519 keys without a passphrase only: %q", args)
	}
	if _, err := os.Stat(*file); err == nil {
		return fmt.Errorf("%s already exists", *file)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: marshal(key, public, private, *comment)}
	if err := os.WriteFile(*file, pem.EncodeToMemory(block), 0o600); err != nil {
		return err
	}
	return os.WriteFile(*file+".pub", ssh.MarshalAuthorizedKey(key), 0o644)
}

// marshal is OpenSSH's own format (PROTOCOL.key in its sources): x/crypto of 2023 reads it and cannot write it.
func marshal(key ssh.PublicKey, public ed25519.PublicKey, private ed25519.PrivateKey, comment string) []byte {
	const check = 0x71637721 // twice the same number: with a passphrase it would show that the right one was given
	secret := ssh.Marshal(struct {
		Check1, Check2  uint32
		Kind            string
		Public, Private []byte
		Comment         string
	}{check, check, ssh.KeyAlgoED25519, public, private, comment})
	for padding := byte(1); len(secret)%8 != 0; padding++ {
		secret = append(secret, padding)
	}
	return append([]byte("openssh-key-v1\x00"), ssh.Marshal(struct {
		Cipher, Derivation, DerivationOptions string
		Keys                                  uint32
		Public, Secret                        []byte
	}{"none", "none", "", 1, key.Marshal(), secret})...)
}

// target is where ssh connects to, and what it runs there.
type target struct {
	identity, port, user, host string
	command                    []string
}

// parse reads the options that Podman gives. They come before and after the host; whatever follows that is the command.
func parse(args []string) (target, error) {
	t := target{port: "22"}
	for len(args) > 0 {
		option := args[0]
		args = args[1:]
		switch option {
		case "-i", "-p", "-o":
			if len(args) == 0 {
				return t, fmt.Errorf("ssh: %s has no value", option)
			}
			if option == "-i" {
				t.identity = args[0]
			} else if option == "-p" {
				t.port = args[0]
			}
			args = args[1:] // -o is about known hosts and log levels
		case "-q", "-t", "--":
		default:
			if t.host != "" {
				t.command = append([]string{option}, args...)
				return t, nil
			}
			if strings.HasPrefix(option, "-") {
				return t, fmt.Errorf("ssh of the tests does not know %s", option)
			}
			t.user, t.host, _ = strings.Cut(option, "@")
		}
	}
	if t.host == "" {
		return t, errors.New("ssh: no host")
	}
	return t, nil
}

func connect(args []string) error {
	t, err := parse(args)
	if err != nil {
		return err
	}
	key, err := os.ReadFile(t.identity)
	if err != nil {
		return err
	}
	signer, err := ssh.ParsePrivateKey(key)
	if err != nil {
		return fmt.Errorf("%s: %w", t.identity, err)
	}
	client, err := ssh.Dial("tcp", net.JoinHostPort(t.host, t.port), &ssh.ClientConfig{
		User:            t.user,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), // Podman says -o StrictHostKeyChecking=no
	})
	if err != nil {
		return err
	}
	defer client.Close()
	session, err := client.NewSession()
	if err != nil {
		return err
	}
	session.Stdin, session.Stdout, session.Stderr = os.Stdin, os.Stdout, os.Stderr
	if len(t.command) > 0 {
		return session.Run(strings.Join(t.command, " "))
	}
	if err := session.Shell(); err != nil {
		return err
	}
	return session.Wait()
}
