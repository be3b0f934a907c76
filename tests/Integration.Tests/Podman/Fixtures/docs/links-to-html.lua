function Link(link)
  link.target = link.target:gsub("%.1%.md$", ".html")
  return link
end
