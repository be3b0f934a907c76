namespace Qcw.Build.Caching;

/// <summary>The file in which curl, git and others find who one is for a server: <c>$NETRC</c>, else <c>~/.netrc</c>.</summary>
public static class Netrc
{
    /// <summary>The variable that names another file, as curl reads it.</summary>
    public const string Variable = "NETRC";

    /// <summary>User and password for a host; null: the file has none, or cannot be read.</summary>
    /// <param name="host">The name in the address.</param>
    public static (string User, string Password)? Of(string host)
    {
        string file = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".netrc");
        try
        {
            return File.Exists(file) ? Find(File.ReadAllText(file), host) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a server that wants a password says so
        }
    }

    /// <summary>The entry of a host in the text of such a file, or the default one where that comes first.</summary>
    internal static (string User, string Password)? Find(string text, string host)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool ours = false;
        string? user = null;
        string? password = null;
        for (int at = 0; at < words.Length; at++)
        {
            string? value = at + 1 < words.Length ? words[at + 1] : null;
            switch (words[at])
            {
                case "machine" or "default" when ours:
                    return Pair();
                case "machine":
                    ours = string.Equals(value, host, StringComparison.OrdinalIgnoreCase);
                    at++;
                    break;
                case "default":
                    ours = true;
                    break;
                case "login":
                    user = ours ? value : user;
                    at++;
                    break;
                case "password":
                    password = ours ? value : password;
                    at++;
                    break;
                default:
                    break;
            }
        }

        return ours ? Pair() : null;

        (string, string)? Pair() => user is null ? null : (user, password ?? string.Empty);
    }
}
