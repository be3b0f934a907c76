namespace Cake.Http;

/// <summary>How to send a request.</summary>
public class HttpSettings
{
    /// <summary>The body, if there is one.</summary>
    public byte[]? RequestBody { get; set; }

    /// <summary>Headers of the request; those whose name contains "content" go with the body.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether to log in with the account that runs the build.</summary>
    public bool UseDefaultCredentials { get; set; }

    /// <summary>Whether to look at the status; it fails the call only together with
    /// <see cref="ThrowExceptionOnNonSuccessStatusCode"/>.</summary>
    public bool EnsureSuccessStatusCode { get; set; }

    /// <inheritdoc cref="EnsureSuccessStatusCode"/>
    public bool ThrowExceptionOnNonSuccessStatusCode { get; set; }

    /// <summary>How long the whole exchange may take; the client's own limit of 100 seconds when null.</summary>
    public TimeSpan? Timeout { get; set; }
}
