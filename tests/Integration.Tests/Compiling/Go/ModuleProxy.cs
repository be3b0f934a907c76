using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>Writes Go modules in the layout of a module proxy, and says what go.sum has to have for them.</summary>
/// <param name="folder">The proxy's folder.</param>
internal sealed class ModuleProxy(string folder)
{
    /// <summary>Adds a module.</summary>
    /// <param name="path">Its name, lower case: upper-case letters would need escapes.</param>
    /// <param name="version">Such as <c>v1.0.0</c>.</param>
    /// <param name="files">Its files; go.mod is one of them.</param>
    /// <returns>The two lines of go.sum.</returns>
    public string Add(string path, string version, params (string Name, string Text)[] files)
    {
        string target = Path.Combine([folder, .. path.Split('/'), "@v"]);
        Directory.CreateDirectory(target);
        using (FileStream stream = File.Create(Path.Combine(target, version + ".zip")))
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, string text) in files)
            {
                using Stream entry = zip.CreateEntry($"{path}@{version}/{name}").Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        string mod = files.First(file => file.Name == "go.mod").Text;
        File.WriteAllText(Path.Combine(target, version + ".mod"), mod);
        File.WriteAllText(Path.Combine(target, version + ".info"), $"{{\"Version\":\"{version}\",\"Time\":\"2020-01-01T00:00:00Z\"}}");
        string all = Hash(files.Select(file => ($"{path}@{version}/{file.Name}", file.Text)));
        return $"{path} {version} {all}\n{path} {version}/go.mod {Hash([("go.mod", mod)])}\n";
    }

    /// <summary>Go's hash of a tree, "h1": sha256 over lines of sha256 and name, sorted by name (golang.org/x/mod/sumdb/dirhash).</summary>
    private static string Hash(IEnumerable<(string Name, string Text)> files)
    {
        string lines = string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))}  {file.Name}\n"));
        return "h1:" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
    }
}
