namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads a Debian binary package that is pinned as a file.</summary>
internal static class DebianPackageReader
{
    /// <summary>The package, or null where something was reported.</summary>
    /// <param name="field">The entry.</param>
    /// <param name="architecture">Debian's name of the machine that it is for: <c>amd64</c>. A package for all machines fits too.</param>
    public static DebianPackage? Read(Field field, string architecture)
    {
        if (field.Object("an object with package, suite, file and sha256") is not { } fields)
        {
            return null;
        }

        string? package = fields.Text("package", Rules.DebianPackage);
        string? suite = fields.Text("suite", Rules.Suite);
        Field? fileField = fields.Required("file", Rules.BinaryPackage.Expected);
        string? file = fileField?.Text(Rules.BinaryPackage);
        string? sha256 = fields.Text("sha256", Rules.Sha256);
        string? sha1 = fields.Optional("sha1")?.Text(Rules.Sha1);
        fields.Close();
        if (package is null || suite is null || file is null || sha256 is null)
        {
            return null;
        }

        var read = new DebianPackage(package, suite, file, sha256) { Sha1 = sha1 };
        if (!file.StartsWith(package + "_", StringComparison.Ordinal))
        {
            fileField!.Reject($"a file of the package {package}, whose name begins with {package}_");
        }

        if (read.Architecture != "all" && read.Architecture != architecture)
        {
            fileField!.Reject($"a file for this host, whose name ends in _{architecture}.deb or _all.deb");
        }

        return read;
    }
}
