using System.Globalization;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>A value of the registry.</summary>
/// <param name="Type">Windows' number of the type: 1 REG_SZ, 2 REG_EXPAND_SZ, 4 REG_DWORD, 7 REG_MULTI_SZ.</param>
/// <param name="Data">The bytes as they are stored.</param>
public sealed record RegistryValue(int Type, byte[] Data)
{
    /// <summary>REG_SZ.</summary>
    public const int Text = 1;

    /// <summary>REG_EXPAND_SZ.</summary>
    public const int ExpandedText = 2;

    /// <summary>The value of a text, without the terminating zero.</summary>
    public string AsText => Encoding.Unicode.GetString(Data).TrimEnd('\0');

    /// <summary>The value of a REG_DWORD.</summary>
    public uint AsNumber => BitConverter.ToUInt32(Data);

    /// <summary>A text value.</summary>
    public static RegistryValue FromText(int type, string text) => new(type, Encoding.Unicode.GetBytes(text + '\0'));
}

/// <summary>
/// The registry of a session, through files that Windows' own regedit reads and writes: no command line is too short for a value.
/// </summary>
public sealed class WineRegistry(WineSession session)
{
    private const string Header = "Windows Registry Editor Version 5.00";
    private const string Program = @"C:\windows\system32\reg.exe"; // a test may have changed PATH
    private const string ExchangeFile = @"C:\qcw-registry.reg";

    /// <summary>The values of a key by name, without those of its subkeys; null where there is no such key.</summary>
    /// <param name="key">With the long name of its root: <c>HKEY_LOCAL_MACHINE\Software\…</c>.</param>
    public IReadOnlyDictionary<string, RegistryValue>? Read(string key)
    {
        string file = session.HostPath(ExchangeFile);
        File.Delete(file);
        session.Run(Program, $"export \"{key}\" {ExchangeFile} /y");
        return File.Exists(file) ? Values(File.ReadAllText(file, Encoding.Unicode), key) : null;
    }

    /// <summary>Writes one value.</summary>
    public void Write(string key, string name, RegistryValue value)
    {
        string bytes = string.Join(',', value.Data.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
        File.WriteAllText(
            session.HostPath(ExchangeFile),
            $"{Header}\r\n\r\n[{key}]\r\n\"{name.Replace(@"\", @"\\", StringComparison.Ordinal)}\"=hex({value.Type:x}):{bytes}\r\n",
            Encoding.Unicode);
        session.RunOk(Program, $"import {ExchangeFile}");
    }

    private static Dictionary<string, RegistryValue>? Values(string text, string key)
    {
        // a long binary value goes on over lines that end in a backslash
        string[] lines = text.ReplaceLineEndings("\n").Replace("\\\n  ", string.Empty, StringComparison.Ordinal).Split('\n');
        int start = Array.FindIndex(lines, line => string.Equals(line, $"[{key}]", StringComparison.OrdinalIgnoreCase));
        return start < 0
            ? null
            : lines[(start + 1)..].TakeWhile(line => !line.StartsWith('[')).Where(line => line.StartsWith('"')).Select(Parse)
                .ToDictionary(item => item.Name, item => item.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static (string Name, RegistryValue Value) Parse(string line)
    {
        int end = line.IndexOf("\"=", 1, StringComparison.Ordinal);
        string name = Unescape(line[1..end]);
        string data = line[(end + 2)..];
        if (data.StartsWith('"'))
        {
            return (name, RegistryValue.FromText(RegistryValue.Text, Unescape(data[1..^1])));
        }

        if (data.StartsWith("dword:", StringComparison.Ordinal))
        {
            return (name, new RegistryValue(4, BitConverter.GetBytes(Convert.ToUInt32(data[6..], 16))));
        }

        int colon = data.IndexOf(':', StringComparison.Ordinal);
        int type = data.StartsWith("hex(", StringComparison.Ordinal) ? Convert.ToInt32(data[4..(colon - 1)], 16) : 3;
        return (name, new RegistryValue(type,
            [.. data[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(b => Convert.ToByte(b, 16))]));
    }

    private static string Unescape(string text) =>
        text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);
}
