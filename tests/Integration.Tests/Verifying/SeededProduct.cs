using System.IO.Compression;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Packaging.Zip;
using Qcw.Build.Verifying;
using Qcw.Build.Verifying.Explanation;
using Qcw.Integration.Tests.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Nsis;

namespace Qcw.Integration.Tests.Verifying;

/// <summary>
/// A small product as a setup program, an MSI, a zip and a script, each once as built here, and copies in which one thing differs: those
/// stand for what somebody else published.
/// </summary>
internal sealed class SeededProduct : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestProduct setups = new();
    private readonly MsiProduct installers = new();
    private int count;

    public SeededProduct()
    {
        Firmware = folder.Write("stage/firmware/bios.bin", [.. Enumerable.Range(0, 4096).Select(number => (byte)(number % 251))]);
        InstallerDescription one = setups.Describe("1.0");
        Description = one with
        {
            Sections = [.. one.Sections, new InstallerSection(
                "firmware", "Firmware", "What a machine starts with.", SectionChoice.OnByDefault, [new(Firmware, "share/bios.bin")])],
        };
        Setup = Make(Description);
        MsiDescription = installers.Describe(MsiProduct.One, MsiEdition.PerMachine);
        Msi = folder["built.msi"];
        installers.Installer().Write(MsiDescription, Msi, installers.Log);
        Zip = folder["built.zip"];
        DeterministicZip.Write(Zip, [.. Description.Files], TestProduct.Epoch);
        Script = folder.Write("built.ps1", "# a script\r\nWrite-Host 'one'\r\n$sum = 'abc'\r\n");
    }

    public InstallerDescription Description { get; }

    public InstallerDescription MsiDescription { get; }

    public string Firmware { get; }

    public string Setup { get; }

    public string Msi { get; }

    public string Zip { get; }

    public string Script { get; }

    /// <summary>The full path of an installed file as it was compiled.</summary>
    public string SourceOf(string target) => Description.Files.Single(file => file.Target == target).Source;

    /// <summary>Makes a setup program.</summary>
    public string Make(InstallerDescription description)
    {
        string setup = folder[$"setup-{++count}.exe"];
        TestProduct.Installer.Build(description, setup, folder["log"]);
        return setup;
    }

    /// <summary>Makes the MSI with another file in place of one.</summary>
    public string MakeMsi(string target, string source)
    {
        string msi = folder[$"{++count}.msi"];
        installers.Installer().Write(With(MsiDescription, target, source), msi, installers.Log);
        return msi;
    }

    /// <summary>The description with another file in place of one.</summary>
    public static InstallerDescription With(InstallerDescription description, string target, string source) => description with
    {
        Sections =
        [
            .. description.Sections.Select(section => section with
            {
                Files = [.. section.Files.Select(file => file.Target == target ? file with { Source = source } : file)],
            }),
        ],
    };

    /// <summary>A copy of a file with other bytes.</summary>
    public string Copy(string file, Func<byte[], byte[]> change)
    {
        string copy = Path.Combine(Directory.CreateDirectory(folder[$"{++count}"]).FullName, Path.GetFileName(file));
        File.WriteAllBytes(copy, change(File.ReadAllBytes(file)));
        return copy;
    }

    /// <summary>A copy of the MSI after SQL.</summary>
    public string Sql(string sql)
    {
        string copy = Copy(Msi, bytes => bytes);
        ProcessRunner.Run(new ProcessRequest("msibuild", copy, "-q", sql));
        return copy;
    }

    /// <summary>A copy of the zip, written again.</summary>
    public string Repack(Func<IEnumerable<ZipArchiveEntry>, IEnumerable<ZipArchiveEntry>> order, Action<ZipArchiveEntry>? change = null,
        CompressionLevel level = CompressionLevel.Optimal)
    {
        string copy = folder[$"{++count}.zip"];
        using ZipArchive from = ZipFile.OpenRead(Zip);
        using ZipArchive to = ZipFile.Open(copy, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in order(from.Entries))
        {
            ZipArchiveEntry written = to.CreateEntry(entry.FullName, level);
            written.LastWriteTime = entry.LastWriteTime;
            written.ExternalAttributes = entry.ExternalAttributes;
            change?.Invoke(written);
            using Stream source = entry.Open();
            using Stream target = written.Open();
            source.CopyTo(target);
        }

        return copy;
    }

    /// <summary>The zip again, written by the same library as <see cref="Repack"/>, to compare with.</summary>
    public string Repacked() => Repack(entries => entries);

    /// <summary>A file of the product as it is before it is signed.</summary>
    public string Canonical(string kind) => kind switch
    {
        "setup" => Canonical(Setup, ".exe"),
        "msi" => Msi,
        _ => Script,
    };

    /// <summary>A copy of a setup program as it is before it is signed.</summary>
    public string Canonical(string file, string ending)
    {
        string copy = folder[$"canonical-{++count}{ending}"];
        File.Copy(file, copy);
        PeChecksum.Set(copy);
        return copy;
    }

    /// <summary>A signed copy, by a certificate for tests.</summary>
    public string Signed(string file)
    {
        using var signer = new TestSigner();
        string signed = Path.Combine(Directory.CreateDirectory(folder[$"{++count}"]).FullName, Path.GetFileName(file));
        signer.Sign(file, signed);
        return signed;
    }

    /// <summary>Compares a published file with the one that was built here.</summary>
    public FileResult Compare(string theirs, string ours)
    {
        string scratch = folder[$"compared-{++count}"];
        return new Comparison(
                new Published("x", Path.GetDirectoryName(theirs)!), _ => ours, _ => null, ToolFinder.ForHost(),
                new Explainer(new Unpacking(ToolFinder.ForHost(), scratch), new Cause(known: false, [], [])), scratch)
            .Run([Path.GetFileName(theirs)], _ => "x").Files.Single();
    }

    /// <summary>Explains in what a published file differs from the one that was built here.</summary>
    public IReadOnlyList<string> Explain(string theirs, string ours) => new Explainer(
            new Unpacking(ToolFinder.ForHost(), folder[$"unpacked-{++count}"]), new Cause(known: false, [], []))
        .Explain(theirs, ours, PackedFile.Of(
            Description.Files,
            [
                (Path.GetDirectoryName(SourceOf("bin/hello.exe"))!, "hello"),
                (Path.GetDirectoryName(SourceOf("bin/libgreeting-1.dll"))!, "greeting"),
                (Path.GetDirectoryName(Firmware)!, "seabios"),
            ],
            file => File.ReadAllBytes(file.Source)));

    public void Dispose()
    {
        installers.Dispose();
        setups.Dispose();
        folder.Dispose();
    }
}
