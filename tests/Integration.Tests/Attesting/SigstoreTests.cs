using System.Text;
using System.Text.Json.Nodes;
using Qcw.Build.Attesting;
using Qcw.Build.Signing;

namespace Qcw.Integration.Tests.Attesting;

/// <summary>
/// Attestations, judged by Sigstore's own verifier from npm, in the versions and with the hashes of tests/Sigstore/package-lock.json.
/// </summary>
public sealed class SigstoreTests
{
    private const string Statement =
        "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[],\"predicateType\":\"x\",\"predicate\":{}}";

    private static readonly Version OldestNode = new(20, 17);

    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void FetchVerifier()
    {
        FoundTool node = ToolFinder.ForHost().Find(ToolCatalog.Find("node"));
        if (node.Version < OldestNode)
        {
            Assert.Ignore($"Sigstore's verifier needs Node.js {OldestNode} or newer, and this machine has {node.Version}");
        }

        folder = new TemporaryFolder();
        foreach (string name in (string[])["package.json", "package-lock.json", "verify.mjs"])
        {
            File.Copy(Path.Combine(Repository.Root, "tests", "Sigstore", name), folder[name]);
        }

        ProcessRunner.Run(new ProcessRequest("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
        {
            WorkingDirectory = folder.Path,
        });
        foreach (string name in (string[])["ours", "other"])
        {
            ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", folder[name]));
            File.WriteAllText(folder[name + ".pem"], SigstoreBundle.PublicKey(SigningKey.Read(folder[name])));
        }
    }

    [OneTimeTearDown]
    public void DeleteVerifier() => folder?.Dispose();

    [Test]
    public void The_verifier_accepts_what_the_key_signed_and_nothing_else()
    {
        string bundle = SigstoreBundle.Of(SigningKey.Read(folder["ours"]), Statement);
        using (Assert.EnterMultipleScope())
        {
            ProcessResult accepted = Verify(bundle, "ours.pem");
            Assert.That(accepted.ExitCode, Is.Zero, accepted.StandardError);
            Assert.That(accepted.StandardOutput.TrimEnd(), Is.EqualTo(Statement));
            Refuses(bundle, "other.pem", "SIGNATURE_ERROR");
            Refuses(WithPayload(bundle, Statement.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)), "ours.pem", "SIGNATURE_ERROR");
            Refuses(bundle[..(bundle.Length / 2)], "ours.pem", "SyntaxError");
            Refuses(WithSignature(bundle, signature => signature[..63]), "ours.pem", "SIGNATURE_ERROR");
            Refuses(WithSignature(bundle, signature => [(byte)(signature[0] ^ 1), .. signature[1..]]), "ours.pem", "SIGNATURE_ERROR");
        }
    }

    private void Refuses(string bundle, string key, string reason)
    {
        ProcessResult result = Verify(bundle, key);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardError, Does.StartWith(reason));
    }

    private ProcessResult Verify(string bundle, string key)
    {
        File.WriteAllText(folder["bundle.json"], bundle);
        return ProcessRunner.Run(new ProcessRequest("node", "verify.mjs", "bundle.json", key)
        {
            WorkingDirectory = folder.Path,
            AllowFailure = true,
        });
    }

    private static string WithPayload(string bundle, string payload) => Changed(
        bundle, envelope => envelope["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)));

    private static string WithSignature(string bundle, Func<byte[], byte[]> change) => Changed(bundle, envelope =>
    {
        JsonNode signature = envelope["signatures"]![0]!;
        signature["sig"] = Convert.ToBase64String(change(Convert.FromBase64String(signature["sig"]!.GetValue<string>())));
    });

    private static string Changed(string bundle, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(bundle)!;
        change(json["dsseEnvelope"]!);
        return json.ToJsonString();
    }
}
