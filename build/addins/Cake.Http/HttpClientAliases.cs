using System.Net.Http.Headers;
using System.Text;
using Cake.Core;

namespace Cake.Http;

/// <summary>Requests whose answers are small: the whole body is held in memory.</summary>
public static class HttpClientAliases
{
    /// <summary>The body at an address, as UTF-8 text.</summary>
    /// <exception cref="HttpRequestException">No answer, or one without a success status, whatever the settings say.</exception>
    public static string HttpGet(this ICakeContext context, string address, HttpSettings settings)
    {
        using var response = Send(context, address, HttpMethod.Get, settings);
        return ReadText(response.EnsureSuccessStatusCode());
    }

    /// <summary>The body of the answer to any request, as UTF-8 text.</summary>
    /// <exception cref="HttpRequestException">No answer, or one without a success status where the settings ask for one.</exception>
    public static string HttpSend(this ICakeContext context, string address, string httpMethod, HttpSettings settings)
    {
        using var response = Send(context, address, new HttpMethod(httpMethod), settings);
        return ReadText(response);
    }

    private static HttpResponseMessage Send(ICakeContext context, string address, HttpMethod method, HttpSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        ArgumentNullException.ThrowIfNull(settings);

        using var handler = new HttpClientHandler { UseDefaultCredentials = settings.UseDefaultCredentials, UseCookies = false };
        using var client = new HttpClient(handler);
        client.Timeout = settings.Timeout ?? client.Timeout;
        using var request = CreateRequest(context, new Uri(address), method, settings);
        var response = client.Send(request);
        return settings is { EnsureSuccessStatusCode: true, ThrowExceptionOnNonSuccessStatusCode: true }
            ? response.EnsureSuccessStatusCode()
            : response;
    }

    private static HttpRequestMessage CreateRequest(ICakeContext context, Uri address, HttpMethod method, HttpSettings settings)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Cake", context.Environment.Runtime.CakeVersion.ToString()));
        if (settings.RequestBody is { } body)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in settings.Headers)
        {
            if (!name.Contains("content", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.Add(name, value);
            }
            else
            {
                request.Content?.Headers.Add(name, value);
            }
        }

        return request;
    }

    private static string ReadText(HttpResponseMessage response)
    {
        using var body = response.Content.ReadAsStream();
        using var reader = new StreamReader(body, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
