// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/error_text.h"

#include "core/base/error.h"

#include <QCoreApplication>

namespace headlens {
namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("ErrorText", source);
}

// What happened, by code; %1 is the file or thing.
QString happened(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileMissing: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 was not found"));
    case ErrorCode::PartMissing: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 lacks a part"));
    case ErrorCode::FileUnreadable: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 could not be read"));
    case ErrorCode::WrongContent: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 is not what it should be"));
    case ErrorCode::Truncated: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 is incomplete"));
    case ErrorCode::BadHeader: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 is damaged"));
    case ErrorCode::BadConfig: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 describes an impossible model"));
    case ErrorCode::UnsupportedModel: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 cannot be run yet"));
    case ErrorCode::BadWeights: return text(QT_TRANSLATE_NOOP("ErrorText", "The weights of %1 do not fit"));
    case ErrorCode::ImageUnreadable: return text(QT_TRANSLATE_NOOP("ErrorText", "The picture %1 could not be opened"));
    case ErrorCode::ImageTooLarge: return text(QT_TRANSLATE_NOOP("ErrorText", "The picture %1 is too large"));
    case ErrorCode::ImageCut: return text(QT_TRANSLATE_NOOP("ErrorText", "The picture %1 is incomplete"));
    case ErrorCode::NotEnoughMemory: return text(QT_TRANSLATE_NOOP("ErrorText", "There is not enough memory for %1"));
    case ErrorCode::DeviceMissing: return text(QT_TRANSLATE_NOOP("ErrorText", "The device %1 is not there"));
    case ErrorCode::BadRequest: return text(QT_TRANSLATE_NOOP("ErrorText", "Not possible: %1"));
    case ErrorCode::NothingOpen: return text(QT_TRANSLATE_NOOP("ErrorText", "Nothing is open yet"));
    case ErrorCode::WriteFailed: return text(QT_TRANSLATE_NOOP("ErrorText", "%1 could not be written"));
    default: return text(QT_TRANSLATE_NOOP("ErrorText", "Something went wrong in the engine"));
    }
}

// What to do where the engine has no better advice.
QString remedy(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileMissing: return text(QT_TRANSLATE_NOOP("ErrorText", "Check the path."));
    case ErrorCode::Truncated:
    case ErrorCode::BadHeader: return text(QT_TRANSLATE_NOOP("ErrorText", "Download or copy it again."));
    case ErrorCode::WrongContent:
        return text(QT_TRANSLATE_NOOP("ErrorText", "Choose a model folder or a safetensors file."));
    case ErrorCode::BadConfig:
    case ErrorCode::BadWeights:
        return text(QT_TRANSLATE_NOOP("ErrorText", "Check that config.json belongs to these weights."));
    case ErrorCode::UnsupportedModel:
        return text(
            QT_TRANSLATE_NOOP("ErrorText", "Choose a model of one of the families that the documentation lists."));
    case ErrorCode::ImageUnreadable:
        return text(QT_TRANSLATE_NOOP("ErrorText", "Save it as PNG or JPEG and try again."));
    case ErrorCode::ImageTooLarge: return text(QT_TRANSLATE_NOOP("ErrorText", "Scale it down first."));
    case ErrorCode::NotEnoughMemory:
        return text(QT_TRANSLATE_NOOP("ErrorText", "Close other programs or choose a smaller model or picture."));
    case ErrorCode::DeviceMissing: return text(QT_TRANSLATE_NOOP("ErrorText", "Choose automatic or CPU."));
    case ErrorCode::WriteFailed:
        return text(QT_TRANSLATE_NOOP("ErrorText", "Choose another folder or free some space."));
    default: return {};
    }
}

// The last part of a path: a sentence is read, not parsed. Of names that every model has, the folder as well.
QString shortSubject(const std::string& subject)
{
    const QString whole = QString::fromStdString(subject);
    const QString last = whole.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
    const bool common = last.endsWith(QLatin1String("config.json")) || last.startsWith(QLatin1String("model"));
    return common ? whole.section(QLatin1Char('/'), -2, -1, QString::SectionSkipEmpty) : last;
}

// The engine says "choose another folder" as a part of one line.
QString asSentence(const std::string& remedy)
{
    QString sentence = QString::fromStdString(remedy);
    sentence[0] = sentence[0].toUpper();
    return sentence.endsWith(QLatin1Char('.')) ? sentence : sentence + QLatin1Char('.');
}

} // namespace

QString errorText(const verbs::Failure& failure)
{
    const ErrorCode code = errorCodeFrom(failure.code);
    QString sentence = happened(code);
    if (sentence.contains(QLatin1String("%1"))) sentence = sentence.arg(shortSubject(failure.subject));
    // The facts come from the engine as they are: names of tensors, sizes, formats.
    if (code == ErrorCode::PartMissing && !failure.why.empty()) // which says what it holds and what not
        sentence = text(QT_TRANSLATE_NOOP("ErrorText", "%1 %2"))
                       .arg(shortSubject(failure.subject), QString::fromStdString(failure.why));
    else if (!failure.why.empty())
        sentence = text(QT_TRANSLATE_NOOP("ErrorText", "%1: %2")).arg(sentence, QString::fromStdString(failure.why));
    const QString advice = failure.remedy.empty() ? remedy(code) : asSentence(failure.remedy);
    return advice.isEmpty() ? text(QT_TRANSLATE_NOOP("ErrorText", "%1.")).arg(sentence)
                            : text(QT_TRANSLATE_NOOP("ErrorText", "%1. %2")).arg(sentence, advice);
}

} // namespace headlens
