namespace Qcw.Integration.Tests.Sources;

/// <summary>Makes a small Debian package out of files and links.</summary>
internal sealed class TestPackage(TemporaryFolder folder, string name)
{
    private string Tree => $"packages/{name}";

    /// <summary>Adds a file.</summary>
    public TestPackage File(string path, string text, bool executable = false)
    {
        string file = folder.Write($"{Tree}/{path}", text);
        if (executable)
        {
            ProcessRunner.Run(new ProcessRequest("chmod", "+x", file));
        }

        return this;
    }

    /// <summary>Adds a symbolic link.</summary>
    public TestPackage Link(string path, string target)
    {
        folder.Create(Path.GetDirectoryName($"{Tree}/{path}")!);
        System.IO.File.CreateSymbolicLink(folder[$"{Tree}/{path}"], target);
        return this;
    }

    /// <summary>Writes the package and returns its path.</summary>
    /// <param name="target">Its path in the folder; ends in <c>.deb</c>.</param>
    public string Build(string target)
    {
        folder.Write(
            $"{Tree}/DEBIAN/control",
            $"Package: {name}\nVersion: 1.0-1\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: a test\n");
        folder.Create(Path.GetDirectoryName(target)!);
        ProcessRunner.Run(new ProcessRequest("dpkg-deb", "--build", "--root-owner-group", folder[Tree], folder[target]));
        return folder[target];
    }
}
