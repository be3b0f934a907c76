using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Qcw.Integration.Tests.Shims;

/// <summary>A NuGet feed over HTTP, protocol version 3, as small as NuGet takes it: packages that a test makes, and advisories.</summary>
internal sealed class NuGetFeed : IDisposable
{
    private readonly HttpTestServer server = new();

    /// <summary>A feed with nothing in it.</summary>
    /// <param name="advisories">Package ids in lower case, with severity 0 (low) to 3 (critical); all versions are meant.</param>
    public NuGetFeed(params (string Id, int Severity)[] advisories)
    {
        Index = server.On("/index.json", Json(new
        {
            version = "3.0.0",
            resources = new Dictionary<string, string>[]
            {
                new() { ["@id"] = server.Url("/flat/").ToString(), ["@type"] = "PackageBaseAddress/3.0.0" },
                new() { ["@id"] = server.Url("/advisories/index.json").ToString(), ["@type"] = "VulnerabilityInfo/6.7.0" },
            },
        }));
        server.On("/advisories/index.json", Json(new Dictionary<string, string>[]
        {
            new() { ["@name"] = "all", ["@id"] = server.Url("/advisories/all.json").ToString(), ["@updated"] = "2026-01-01T00:00:00Z" },
        }));
        server.On("/advisories/all.json", Json(advisories.ToDictionary(
            one => one.Id, one => new[] { new { severity = one.Severity, url = $"https://example.org/{one.Id}", versions = "(, )" } })));
    }

    /// <summary>The address that a NuGet.Config names.</summary>
    public Uri Index { get; }

    /// <summary>Adds a package.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its only version.</param>
    /// <param name="assemblies">Full paths of what it has for .NET 10; none: it restores, and there is nothing to compile against.</param>
    public NuGetFeed Add(string id, string version, params string[] assemblies)
    {
        string name = id.ToLowerInvariant();
        server.On($"/flat/{name}/index.json", Json(new { versions = new[] { version } }));
        server.On($"/flat/{name}/{version}/{name}.{version}.nupkg", HttpReply.File(Pack(id, version, assemblies)));
        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private static byte[] Pack(string id, string version, string[] assemblies)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Write(zip, id + ".nuspec", Encoding.UTF8.GetBytes($"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id><version>{version}</version><authors>a test</authors><description>Made by a test.</description>
                    <dependencies><group targetFramework="net10.0" /></dependencies>
                  </metadata>
                </package>
                """));
            foreach (string assembly in assemblies)
            {
                Write(zip, "lib/net10.0/" + Path.GetFileName(assembly), File.ReadAllBytes(assembly));
            }

            if (assemblies.Length == 0)
            {
                Write(zip, "lib/net10.0/_._", []);
            }
        }

        return stream.ToArray();
    }

    private static void Write(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }

    private static Func<HttpExchange, Task> Json(object content) => HttpReply.File(JsonSerializer.SerializeToUtf8Bytes(content));
}
