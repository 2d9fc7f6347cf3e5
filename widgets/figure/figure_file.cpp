// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_file.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "widgets/figure/figure_json.h"
#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_svg.h"
#include "widgets/figure/figure_words.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace headlens {
namespace {

constexpr double kVectorPictureDpi = 450; // of photographs in vector files: more than any printer resolves
const char* const kKey = "HeadLens";      // of the metadata in a PNG
// Around the JSON in SVG and PDF.
const char* const kOpening = "<headlens:figure xmlns:headlens=\"https://headlens.github.io/figure\">";
const char* const kClosing = "</headlens:figure>";

QString programName()
{
    return QStringLiteral("HeadLens " HEADLENS_VERSION);
}

QString titleOf(const FigureData& data)
{
    return QStringLiteral("%1: %2").arg(data.models.empty() ? QString() : data.models.front().name, data.map);
}

QByteArray escaped(const QString& text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray png(const FigureSpec& spec, const FigureData& data, const QByteArray& provenance)
{
    QImage image = figureImage(spec, data, spec.sheet.dpi);
    image.setText(QStringLiteral("Title"), titleOf(data));
    image.setText(QStringLiteral("Software"), programName());
    image.setText(QString::fromLatin1(kKey), QString::fromUtf8(provenance));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (spec.sheet.background != FigureBackground::Transparent) image.convertTo(QImage::Format_RGB32);
    return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

// QSvgGenerator has no metadata.
void addMetadata(QByteArray& svg, const QByteArray& provenance)
{
    const qsizetype end = svg.indexOf("</desc>");
    const QByteArray metadata =
        QByteArray("\n<metadata>") + kOpening + escaped(QString::fromUtf8(provenance)) + kClosing + "</metadata>";
    if (end >= 0) svg.insert(end + qsizetype(qstrlen("</desc>")), metadata);
}

QByteArray svg(const FigureSpec& spec, const FigureData& data, const QByteArray& provenance)
{
    constexpr int kPointsPerInch = 72;
    const FigureLayout layout = layOut(spec, data, kVectorPictureDpi);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kPointsPerInch);
    generator.setViewBox(QRectF(QPointF(), layout.size));
    generator.setSize(layout.size.toSize());
    generator.setTitle(titleOf(data));
    generator.setDescription(figureCaption(spec, data));
    QPainter painter(&generator);
    paintFigure(painter, layout, spec, data);
    painter.end();
    bytes = finishedSvg(bytes);
    addMetadata(bytes, provenance);
    return bytes;
}

QByteArray xmp(const FigureSpec& spec, const FigureData& data, const QByteArray& provenance)
{
    return QByteArray("<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
                      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">") +
           escaped(titleOf(data)) +
           "</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           escaped(figureCaption(spec, data)) + "</rdf:li></rdf:Alt></dc:description><xmp:CreatorTool>" +
           escaped(programName()) + "</xmp:CreatorTool>" + kOpening + escaped(QString::fromUtf8(provenance)) +
           kClosing + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

QByteArray pdf(const FigureSpec& spec, const FigureData& data, const QByteArray& provenance)
{
    constexpr int kDotsPerPoint = 20, kPointsPerInch = 72;
    const FigureLayout layout = layOut(spec, data, kVectorPictureDpi);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerPoint * kPointsPerInch);
    writer.setPageSize(QPageSize(layout.size, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(titleOf(data));
    writer.setCreator(programName());
    writer.setDocumentXmpMetadata(xmp(spec, data, provenance));
    QPainter painter(&writer);
    painter.scale(kDotsPerPoint, kDotsPerPoint);
    paintFigure(painter, layout, spec, data);
    painter.end();
    return bytes;
}

Json jsonOf(const std::vector<FigureSource>& sources)
{
    Json all = Json::array();
    for (const FigureSource& source : sources)
        all.push_back({{"name", source.name.toStdString()}, {"sha256", source.sha256.toStdString()}});
    return all;
}

// Between the marks of SVG and PDF; empty: none.
QByteArray marked(const QByteArray& bytes)
{
    const qsizetype from = bytes.indexOf(kOpening), to = bytes.indexOf(kClosing, from);
    if (from < 0 || to < 0) return {};
    QByteArray text = bytes.mid(from + qsizetype(qstrlen(kOpening)), to - from - qsizetype(qstrlen(kOpening)));
    return text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
}

Json parsed(const QByteArray& bytes, const QString& path)
{
    constexpr JsonLimits kLimits{4U << 20, 16};
    return parseJsonObject({bytes.constData(), std::size_t(bytes.size())}, path.toStdString(), kLimits);
}

FigureSpec specOfBytes(const QByteArray& bytes, const QString& path)
{
    const bool isPng = bytes.startsWith("\x89PNG");
    const bool isText = bytes.trimmed().startsWith('{');
    const QByteArray found = isPng    ? QImageReader(path, "png").text(QString::fromLatin1(kKey)).toUtf8()
                             : isText ? bytes
                                      : marked(bytes);
    if (found.isEmpty())
        throw Error(ErrorCode::BadConfig, path.toStdString(), "holds no description of a figure",
                    "give a figure that HeadLens wrote, its description or a session");
    const Json json = parsed(found, path);
    const bool wrapped = json.contains("description"); // metadata
    return figureSpecFrom(wrapped ? json["description"] : json);
}

} // namespace

QStringList figureEndings()
{
    return {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png")};
}

QByteArray provenanceOf(const FigureSpec& spec, const FigureData& data, const QString& folder)
{
    const Json json{{"program", programName().toStdString()},
                    {"models", jsonOf(data.models)},
                    {"inputs", jsonOf(data.inputs)},
                    {"description", toJson(relativeTo(folder, spec))}};
    return QByteArray::fromStdString(json.dump());
}

QByteArray figureFile(const QString& ending, const FigureSpec& spec, const FigureData& data, const QString& folder)
{
    const QByteArray provenance = provenanceOf(spec, data, folder);
    if (ending == QLatin1String("png")) return png(spec, data, provenance);
    if (ending == QLatin1String("svg")) return svg(spec, data, provenance);
    if (ending == QLatin1String("pdf")) return pdf(spec, data, provenance);
    return {};
}

bool writeFigure(const QString& path, const FigureSpec& spec, const FigureData& data)
{
    const QFileInfo info(path);
    const QByteArray bytes = figureFile(info.suffix().toLower(), spec, data, info.absolutePath());
    QSaveFile file(path);
    return !bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

FigureSpec figureSpecOfFile(const QString& path)
{
    constexpr qint64 kLargest = 512LL << 20;
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > kLargest)
        throw Error(ErrorCode::FileMissing, path.toStdString(), "cannot be read", "check its path");
    return absoluteFrom(QFileInfo(path).absolutePath(), specOfBytes(file.readAll(), path));
}

} // namespace headlens
