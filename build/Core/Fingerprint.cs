using System.Security.Cryptography;
using System.Text;

namespace Qcw.Build.Core;

/// <summary>
/// Everything that determines a step's output, by name. Two equal fingerprints mean equal outputs, so nothing may go in that differs
/// between machines without mattering (absolute paths, times).
/// </summary>
public sealed class Fingerprint
{
    private readonly SortedDictionary<string, string> inputs = new(StringComparer.Ordinal);

    /// <summary>The inputs by name, sorted.</summary>
    public IReadOnlyDictionary<string, string> Inputs => inputs;

    /// <summary>sha256 over all names and values: 64 lower-case hex digits.</summary>
    public string Hash
    {
        get
        {
            var text = new StringBuilder();
            foreach ((string name, string value) in inputs)
            {
                // lengths keep "ab"+"c" and "a"+"bc" apart
                text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>Adds a value under a name that is not yet taken.</summary>
    public Fingerprint Add(string name, string value)
    {
        inputs.Add(name, value);
        return this;
    }

    /// <summary>Adds the sha256 of a file's bytes.</summary>
    public Fingerprint AddFile(string name, string path) => Add(name, Files.Sha256(path));
}
