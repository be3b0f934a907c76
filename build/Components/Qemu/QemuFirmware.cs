using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Components;

/// <summary>
/// Takes the firmware that QEMU loads out of Debian's packages, for sources whose archive lacks it (Debian removes the blobs from QEMU's
/// own).
/// </summary>
/// <param name="line">Which packages, and which files of them.</param>
/// <param name="paths">Where the output goes.</param>
/// <param name="fetcher">Has fetched them.</param>
/// <param name="steps">Runs what is not up to date.</param>
/// <param name="log">Is told where the packages are not used.</param>
public sealed class QemuFirmware(ReleaseLine line, Paths paths, Fetcher fetcher, StepRunner steps, BuildLog log)
{
    // the BIOS of the machine types pc and q35: the recipe installs it with all firmware of a source, or none
    private const string OfQemu = "share/bios-256k.bin";

    private static string Owner => Qemu.Definition.Name;

    /// <summary>Stages the files under <c>share/</c> and the packages' copyright texts under <c>licenses/</c>.</summary>
    /// <param name="stage">What compiling QEMU installed, a full path. If it has firmware, that is what this QEMU is meant to load.</param>
    /// <returns>The folder, or null where the line takes no firmware from packages, or QEMU's source has its own.</returns>
    /// <exception cref="NotMadeException">The packages have not been fetched.</exception>
    /// <exception cref="BuildException">A package lacks a file that the line lists.</exception>
    public Made? Stage(string stage)
    {
        if (line.Firmware.Count == 0)
        {
            return null;
        }

        if (File.Exists(Path.Combine(stage, OfQemu)))
        {
            log.Step(
                Owner, "firmware",
                $"QEMU's source has its own ({OfQemu}): the line's packages are not used "
                    + $"({string.Join(", ", line.Firmware.Select(package => package.Package))})");
            return null;
        }

        IReadOnlyList<FetchedPackage> packages = fetcher.LocateFirmware(line, Owner);
        var fingerprint = new Fingerprint();
        foreach (FirmwarePackage wanted in line.Firmware)
        {
            FetchedPackage package = packages.First(package => package.Package.Package == wanted.Package);
            fingerprint.Add("package " + wanted.Package, $"{package.Version} sha256:{package.Sha256}")
                .Add("files of " + wanted.Package, string.Join(' ', wanted.Files));
            if (wanted.As.Count > 0)
            {
                fingerprint.Add("names of " + wanted.Package, string.Join(' ', wanted.As.Select(name => $"{name.Key}={name.Value}")));
            }
        }

        var step = new Step(Owner, "firmware", paths.Stage("qemu-firmware"), fingerprint)
        {
            By = new Provenance
            {
                Firmware = packages.ToDictionary(package => package.Package.Package, package => package.Version),
                FirmwarePackages = [.. packages.Select(package => package.AsPackage)],
            },
        };
        return steps.RunReplacing(step, output =>
        {
            // one root for all packages: links lead from one to another
            string root = output + ".root";
            DebianPackageTree.Unpack(packages.Select(package => package.Path), root, paths.Log(Owner, "firmware"));
            foreach (FirmwarePackage package in line.Firmware)
            {
                Copy(root, package, output);
            }

            Files.Delete(root);
        });
    }

    /// <summary>Copies the files that the line names out of unpacked packages, each under its name in QEMU's folder.</summary>
    /// <param name="root">Where all packages are unpacked: links lead from one to another.</param>
    /// <param name="package">What is taken from one of them.</param>
    /// <param name="output">Gets <c>share</c> and <c>licenses</c>.</param>
    /// <exception cref="BuildException">A file is missing.</exception>
    internal static void Copy(string root, FirmwarePackage package, string output)
    {
        foreach (string pattern in package.Files)
        {
            string folder = Path.Combine(root, Path.GetDirectoryName(pattern)!);
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : [];
            if (files.Length == 0)
            {
                throw new BuildException(
                    $"the Debian package {package.Package} has no file {pattern}, which the line's firmware list names");
            }

            foreach (string file in files)
            {
                string name = package.As.GetValueOrDefault(pattern, Path.GetFileName(file));
                CopyFile(file, Path.Combine(output, "share", name));
            }
        }

        string copyright = Path.Combine(root, "usr/share/doc", package.Package, "copyright");
        CopyFile(copyright, Path.Combine(output, "licenses", package.Package, "copyright"));
    }

    /// <summary>Copies what a link leads to, not the link.</summary>
    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: false);
    }
}
