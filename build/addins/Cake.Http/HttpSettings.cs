namespace Cake.Http;

/// <summary>How to send a request.</summary>
public class HttpSettings
{
    /// <summary>How long the whole exchange may take; the client's own limit of 100 seconds when null.</summary>
    public TimeSpan? Timeout { get; set; }
}
