using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Components;

/// <summary>
/// Takes the firmware that QEMU loads out of Debian's packages, for sources whose archive lacks it (Debian removes the blobs from QEMU's
/// own).
/// </summary>
internal static class QemuFirmware
{
    /// <summary>Stages the files under <c>share/</c> and the packages' copyright texts under <c>licenses/</c>.</summary>
    /// <returns>The folder, or null where the line takes no firmware from packages.</returns>
    /// <exception cref="NotMadeException">The packages have not been fetched.</exception>
    /// <exception cref="BuildException">A package lacks a file that the line lists.</exception>
    public static Made? Stage(BuildContext context)
    {
        if (context.Line.Firmware.Count == 0)
        {
            return null;
        }

        IReadOnlyList<FetchedPackage> packages = context.Fetcher.LocateFirmware(context.Line, Qemu.Definition.Name);
        var fingerprint = new Fingerprint();
        foreach (FirmwarePackage wanted in context.Line.Firmware)
        {
            FetchedPackage package = packages.First(package => package.Package.Package == wanted.Package);
            fingerprint.Add("package " + wanted.Package, $"{package.Version} sha256:{package.Sha256}")
                .Add("files of " + wanted.Package, string.Join(' ', wanted.Files));
            if (wanted.As.Count > 0)
            {
                fingerprint.Add("names of " + wanted.Package, string.Join(' ', wanted.As.Select(name => $"{name.Key}={name.Value}")));
            }
        }

        var step = new Step(Qemu.Definition.Name, "firmware", context.Paths.Stage("qemu-firmware"), fingerprint)
        {
            By = new Provenance { Firmware = packages.ToDictionary(package => package.Package.Package, package => package.Version) },
        };
        return context.Steps.RunReplacing(step, output =>
        {
            // one root for all packages: links lead from one to another
            string root = output + ".root";
            DebianPackageTree.Unpack(packages.Select(package => package.Path), root, context.Paths.Log("qemu", "firmware"));
            foreach (FirmwarePackage package in context.Line.Firmware)
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
