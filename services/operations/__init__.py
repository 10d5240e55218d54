"""Operations: keeps the spans of all services and tells the journey of one application to those who run it all."""
